/**
 * Doubles.
 */

// 1. A few numbers.
for (const value of [1, 2, 3]) console.log(`twice ${value} is ${value * 2}`);
