// Reads a JSON list of versions and prints the newest line with an even number, such as 24.
import { readFileSync } from 'node:fs';

const lines = JSON.parse(readFileSync(0, 'utf8'))
  .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
  .map((version) => Number.parseInt(version, 10));
console.log(Math.max(...lines.filter((line) => line % 2 === 0)));
