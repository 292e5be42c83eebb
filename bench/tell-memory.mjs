/** Loaded before a measured program: at its end, tells the largest memory that it held, in kilobytes, on file descriptor 3. */
import { writeSync } from 'node:fs'

process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))
