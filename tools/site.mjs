// Puts the site together: names files by their content, compresses them, and writes down what they are called.
//   node tools/site.mjs stamp FILE...                    one hash over several files
//   node tools/site.mjs assemble WORK PUBLIC SITE KIND   what tools/build-site made, plus public/, into SITE
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What shrinks; pictures and fonts are compressed already. */
const COMPRESSIBLE = new Set(['.css', '.html', '.ico', '.js', '.json', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest', '.xml']);

/** The four files every page may ask for, by the key the server looks them up with. */
const PKG = { js: 'allgems.js', wasm: 'allgems.wasm', css: 'allgems.css', beheer_css: 'beheer.css' };

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** All files below a folder, sorted, so that the same input always gives the same stamp. */
async function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith('.') || entry.name === '.well-known')
      .map((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])),
  );
  return nested.flat().sort();
}

async function compressed(bytes, name, quality) {
  const text = extname(name) !== '.wasm';
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality.brotli,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_MODE]: text ? constants.BROTLI_MODE_TEXT : constants.BROTLI_MODE_GENERIC,
      },
    }),
    promisify(gzip)(bytes, { level: quality.gzip }),
  ]);
  return { br, gz };
}

/** Writes one file with its compressed twins beside it; returns the three sizes. */
async function place(site, path, bytes, quality) {
  const target = join(site, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
  if (!COMPRESSIBLE.has(extname(path))) return { raw: bytes.length };
  const { br, gz } = await compressed(bytes, path, quality);
  await Promise.all([writeFile(`${target}.br`, br), writeFile(`${target}.gz`, gz)]);
  return { raw: bytes.length, br: br.length, gz: gz.length };
}

const hashedName = (name, bytes) => name.replace(/(\.[a-z]+)$/, `.${sha256(bytes).slice(0, 10)}$1`);

async function assemble(work, publicFolder, site, kind) {
  const quality = kind === 'dev' ? { brotli: 4, gzip: 1 } : { brotli: constants.BROTLI_MAX_QUALITY, gzip: 9 };
  const files = await filesBelow(publicFolder);
  const inputs = new Map();
  for (const name of Object.values(PKG)) inputs.set(join(work, name), await readFile(join(work, name)));
  for (const file of files) inputs.set(file, await readFile(file));

  const self = await readFile(fileURLToPath(import.meta.url));
  const stamp = sha256(kind, self, ...[...inputs].flatMap(([name, bytes]) => [name, '\0', sha256(bytes)]));
  // Beside the folder, not in it: everything in it is served.
  const stampFile = `${site}.stamp`;
  if (existsSync(join(site, 'manifest.json')) && existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) {
    console.log(`site: unchanged (${relative(process.cwd(), site) || site})`);
    return;
  }

  // Built aside and moved into place, so an interrupted build leaves the old site whole.
  const fresh = `${site}.new`;
  await rm(fresh, { recursive: true, force: true });
  const manifest = {};
  const sizes = {};
  for (const [key, name] of Object.entries(PKG)) {
    const bytes = inputs.get(join(work, name));
    const url = `/pkg/${hashedName(name, bytes)}`;
    sizes[url] = await place(fresh, url, bytes, quality);
    manifest[key] = url;
  }
  for (const file of files) {
    const path = relative(publicFolder, file).split(sep).join('/');
    if (path === 'manifest.json' || path.startsWith('pkg/')) throw new Error(`public/${path}: this name belongs to the build`);
    await place(fresh, path, inputs.get(file), quality);
  }
  await writeFile(join(fresh, 'manifest.json'), `${JSON.stringify({ ...manifest, sizes }, null, 2)}\n`);
  // SITE_DIR may be a slip of the hand: outside target/, only what this script made, or nothing, is replaced.
  const ours = fileURLToPath(new URL('../target/', import.meta.url));
  if (!site.startsWith(ours) && existsSync(site) && !existsSync(join(site, 'manifest.json')) && (await readdir(site)).length > 0) {
    throw new Error(`${site} holds something that is not a site; SITE_DIR must name an empty or a new folder`);
  }
  await rm(stampFile, { force: true });
  await rm(site, { recursive: true, force: true });
  await rename(fresh, site);
  await writeFile(stampFile, stamp);
  for (const [url, size] of Object.entries(sizes)) {
    console.log(`site: ${url.padEnd(36)} ${String(size.raw).padStart(9)} bytes, brotli ${String(size.br).padStart(7)}, gzip ${String(size.gz).padStart(7)}`);
  }
  console.log(`site: ${files.length} files of public/, all in ${relative(process.cwd(), site) || site}`);
}

const [task, ...rest] = process.argv.slice(2);
if (task === 'stamp') {
  const contents = await Promise.all(rest.map((file) => readFile(file)));
  console.log(sha256(...contents.map((bytes) => sha256(bytes))));
} else if (task === 'assemble' && rest.length === 4) {
  await assemble(...rest);
} else {
  console.error('usage: node tools/site.mjs stamp FILE... | assemble WORK PUBLIC SITE KIND');
  process.exit(2);
}
