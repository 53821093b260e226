// Builds the pages' styles and scripts: static_src/ in, static/onroll/ out. Needs node_modules, no network.
//
// Run by `npm run build` (which `make setup` does). Fails when a file that the style sheet names is missing,
// because the server's manifest of static files would fail on it later.

import { cp, copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const source = join(here, "static_src");
const target = join(here, "static", "onroll");
const modules = join(root, "node_modules");
const mojImages = join(modules, "@ministryofjustice", "frontend", "moj", "assets", "images");
const font = join(modules, "@fontsource-variable", "atkinson-hyperlegible-next");

async function styles() {
  const { css } = sass.compile(join(source, "scss", "onroll.scss"), {
    // MoJ Frontend names GOV.UK Frontend by its path from the project's root.
    importers: [{ findFileUrl: (url) => new URL(url, pathToFileURL(root + "/")) }],
    loadPaths: [root],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin"],
  });
  const small = await esbuild.transform(css, { loader: "css", minify: true, target: ["es2020"] });
  for (const [, name] of small.code.matchAll(/url\("?(?:\.\/)?([^")]+)"?\)/g)) {
    if (!name.startsWith("data:")) await bring(name);
  }
  await writeFile(join(target, "onroll.css"), small.code);
}

async function bring(name) {
  const from = [join(source, name), join(font, "files", name.replace("fonts/", "")), join(mojImages, name.replace("images/", ""))];
  const found = from.find((path) => existsSync(path));
  if (!found) throw new Error(`The style sheet names ${name}, which is in none of the packages.`);
  await mkdir(dirname(join(target, name)), { recursive: true });
  await copyFile(found, join(target, name));
}

async function scripts() {
  const shared = { bundle: true, minify: true, nodePaths: [modules], target: ["es2020"], legalComments: "none" };
  await esbuild.build({ ...shared, format: "esm", entryPoints: [join(source, "js", "onroll.js")], outdir: target });
  await esbuild.build({ ...shared, format: "iife", entryPoints: [join(source, "js", "start.js")], outdir: target });
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await cp(join(source, "images"), join(target, "images"), { recursive: true });
await Promise.all([styles(), scripts()]);
await copyFile(join(font, "LICENSE"), join(target, "fonts", "OFL.txt"));
console.log("Styles and scripts are built.");
