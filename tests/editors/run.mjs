// The YAML language server over all specs, good and broken: its verdict is compared with what each broken spec says of itself in its
// first line, by the rules of agreement.json. Good specs find the schema by their own first line, broken ones by their file's name.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Server } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const schema = pathToFileURL(join(root, 'specs/vae.schema.json')).href;
const agreement = JSON.parse(readFileSync(join(here, 'agreement.json'), 'utf8'));
const broken = join(root, 'tests/Vae.Dsl.Tests/Broken');

const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: { [schema]: ['**/Broken/*.vae.yaml', '**/probe-*.vae.yaml'] } };
const server = new Server(join(here, 'node_modules/yaml-language-server/bin/yaml-language-server'), { yaml, http: {}, editor: {}, files: {}, '[yaml]': {} });
const failures = [];
let files = 0, compared = 0, exact = 0;

function specs(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.isDirectory())
      return ['bin', 'obj', 'artifacts', 'node_modules'].includes(entry.name) ? [] : specs(join(folder, entry.name));
    return entry.name.endsWith('.vae.yaml') ? [join(folder, entry.name)] : [];
  });
}

const written = found => found.map(one => `(${one.range.start.line + 1},${one.range.start.character + 1}) ${one.message}`).join(' ;; ') || 'nothing';

function contains(range, line, column) {
  const after = line > range.start.line + 1 || (line === range.start.line + 1 && column >= range.start.character + 1);
  const before = line < range.end.line + 1 || (line === range.end.line + 1 && column <= range.end.character + 1);
  return line === range.start.line + 1 || (after && before);
}

async function good(path) {
  const found = await server.open(pathToFileURL(path).href, readFileSync(path, 'utf8'));
  if (found.length > 0)
    failures.push(`${relative(root, path)} is good, but the server finds ${written(found)}`);
}

async function bad(path) {
  const name = relative(broken, path);
  const text = readFileSync(path, 'utf8');
  const found = await server.open(pathToFileURL(path).href, text);
  const expected = [...text.split('\n')[0].matchAll(/(VAE\d{4}) \((\d+),(\d+)\)/g)].map(([, code, line, column]) => ({ code, line: Number(line), column: Number(column) }));
  // What is no YAML is the parser's to report, and places differ.
  if (expected.some(one => /^VAE100/.test(one.code)))
    return;
  const seen = expected.filter(one => !(name in agreement.blind) && (agreement.seen.includes(one.code) || name in agreement.sharp));
  for (const one of seen) {
    compared++;
    if (found.some(other => other.range.start.line + 1 === one.line && other.range.start.character + 1 === one.column))
      exact++;
    if (!found.some(other => contains(other.range, one.line, one.column)))
      failures.push(`${name}: ${one.code} at (${one.line},${one.column}), but the server finds ${written(found)}`);
  }

  if (seen.length === 0 && found.length > 0)
    failures.push(`${name}: only the server finds fault: ${written(found)}`);
}

// What an author is offered and told, at the places where it matters most.
async function asks() {
  let probes = 0;
  async function at(text, method) {
    const offset = text.indexOf('|');
    const before = text.slice(0, offset).split('\n');
    const uri = `file:///probe-${++probes}.vae.yaml`;
    await server.open(uri, text.replace('|', ''));
    return server.request(`textDocument/${method}`, { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1).length } });
  }

  async function offers(text, ...labels) {
    const offered = (await at(text, 'completion')).items.map(item => item.label);
    for (const label of labels.filter(label => !offered.includes(label)))
      failures.push(`'${label}' is not offered at ${JSON.stringify(text)}: ${offered.join(', ')}`);
  }

  async function tells(text, part) {
    const told = (await at(text, 'hover'))?.contents.value ?? '';
    if (!told.includes(part))
      failures.push(`the tooltip at ${JSON.stringify(text)} does not say '${part}': ${told}`);
  }

  await offers('|', 'a spec of linear layers', 'vae', 'data');
  await offers('vae: 1\ndata:\n  dataset: |', 'mnist', 'fashion-mnist');
  await offers('vae: 1\nencoder:\n  - |', 'relu', 'flatten', 'linear', 'conv2d');
  await offers('vae: 1\nencoder:\n  - linear: {out: 3, act: |}', 'relu', 'tanh');
  await offers('vae: 1\nloss:\n  kl: |', 'a weight that rises');
  await offers('vae: 1\ntrain:\n  optimizer: |', 'adam', 'adamw');
  await offers('vae: 1\ntrain:\n  optimizer:\n    adamw:\n      |', 'weight-decay', 'lr');
  await offers('vae: 1\nartifacts:\n  plots:\n    - |', 'loss', 'manifold');
  await tells('vae: 1\ntrain: {ep|ochs: 3}', 'training set');
  await tells('vae: 1\nencoder: [linear: {ou|t: 3}]', 'features');
}

await server.start();
for (const path of [...specs(join(root, 'specs')), ...specs(join(root, 'examples'))]) {
  files++;
  await good(path);
}

for (const path of specs(broken)) {
  files++;
  await bad(path);
}

await asks();
server.stop();
for (const failure of failures)
  console.error(failure);
console.log(`${files} specs; ${compared} faults that a schema can see, ${exact} of them at the very line and column of the loader's`);
console.log(`${compared - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
