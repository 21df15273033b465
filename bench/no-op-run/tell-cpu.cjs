/* Loaded into the measured command: tells its own processor time when it ends, to where the measurement looks for it. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  if (process.env.GAMEDAY_BENCH_CPU) writeFileSync(process.env.GAMEDAY_BENCH_CPU, JSON.stringify(process.cpuUsage()));
});
