#!/usr/bin/env node
// Runs the program of this system, which lies in a package of its own. Nothing is fetched and no script runs at installation.
"use strict";
const { spawnSync } = require("node:child_process");

const name = `limber-ssg-${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${name}/limber`);
} catch {
  const known = Object.keys(require("./package.json").optionalDependencies);
  const why = known.includes(name)
    ? `the package \`${name}\` is missing: install without --omit=optional, and remove a lock file that was made on another system`
    : `there is no program for ${process.platform} on ${process.arch}: ${known.join(", ")} are there`;
  process.stderr.write(`error: ${why}\n`);
  process.exit(2);
}
const ran = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (ran.error) {
  process.stderr.write(`error: ${program} cannot be started: ${ran.error.message}\n`);
  process.exit(2);
}
if (ran.signal) process.kill(process.pid, ran.signal);
process.exit(ran.status ?? 2);
