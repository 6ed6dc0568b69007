/**
 * Runs before a lesson's demo, in the demo's process; imported by Node alone, never by our code. A
 * demo in a student's folder finds `loopscope` though nothing is installed near it, and ends quietly
 * when nobody reads on.
 * @module
 */

import './node-surroundings.js';
import { useStudentModules } from './student-modules.js';

await useStudentModules();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1); // a full disk: the command has told it, or does
});
