// Bundles ui/ into wwwroot/lib: scripts, style sheet, fonts, and one sprite of the icons that the pages name.
import * as esbuild from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';

const out = 'wwwroot/lib';
const pages = '../Campaign.Modules';
const icons = 'node_modules/@tabler/icons/icons/outline';
// Browsers that know light-dark() and relative colours, which Tabler's style sheet rests on.
const target = ['es2022', 'chrome123', 'edge123', 'firefox128', 'safari17.5'];

fs.rmSync(out, { recursive: true, force: true });

await esbuild.build({
  entryPoints: { app: 'ui/app.js', style: 'ui/style.css' },
  bundle: true,
  minify: true,
  format: 'esm',
  splitting: true,
  outdir: out,
  target,
  loader: { '.woff2': 'file', '.woff': 'empty' },
  assetNames: 'fonts/[name]-[hash]',
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'linked',
  logLevel: 'warning',
});

// Runs before the first paint, so it is a classic script of its own.
await esbuild.build({ entryPoints: ['ui/theme.js'], bundle: true, minify: true, format: 'iife', outdir: out, target, logLevel: 'warning' });

fs.writeFileSync(path.join(out, 'icons.svg'), sprite(iconNames(pages)));

function iconNames(folder) {
  const names = new Set();
  for (const entry of fs.readdirSync(folder, { recursive: true })) {
    if (!entry.endsWith('.cshtml') || /(^|[\\/])(bin|obj)[\\/]/.test(entry)) continue;
    const text = fs.readFileSync(path.join(folder, entry), 'utf8');
    for (const [, name] of text.matchAll(/<icon name="([a-z0-9-]+)"/g)) names.add(name);
  }
  return [...names].sort();
}

function sprite(names) {
  const symbols = names.map((name) => {
    const svg = fs.readFileSync(path.join(icons, `${name}.svg`), 'utf8');
    const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}
