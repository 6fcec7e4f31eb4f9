// Holds every crate of Cargo.lock against the lists in deny.toml: its licence, where it comes from, and who may use it.
// `cargo deny` does this and more, but building it costs a build server longer than the checks themselves; where it is
// installed, tools/check-dependencies asks it as well. Usage: cargo metadata --format-version 1 --locked | node tools/licences.mjs deny.toml
import { readFileSync } from 'node:fs';

const rules = readFileSync(process.argv[2], 'utf8').replace(/#.*$/gm, '');
const tree = JSON.parse(readFileSync(0, 'utf8'));

const section = (name) => rules.split(/^\[/m).find((part) => part.startsWith(`${name}]`)) ?? '';
const quoted = (text) => [...text.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
const list = (text, key) => text.match(new RegExp(`^${key} = \\[([^]*?)^\\]`, 'm'))?.[1] ?? '';

const allowed = new Set(quoted(list(section('licenses'), 'allow')));
const banned = new Map(
  [...list(section('bans'), 'deny').matchAll(/\{([^}]*)\}/g)].map(([, entry]) => [
    entry.match(/crate = "([^"]*)"/)[1],
    { wrappers: quoted(entry.match(/wrappers = \[([^\]]*)\]/)?.[1] ?? ''), reason: entry.match(/reason = "([^"]*)"/)?.[1] },
  ]),
);
if (allowed.size === 0 || banned.size === 0) throw new Error(`${process.argv[2]} has no list of licences or of bans`);

/** Whether an SPDX expression can be satisfied with what is allowed: OR binds weakest, then AND; WITH belongs to its licence. */
function satisfied(expression) {
  // The older way to write OR, still found in the field.
  const tokens = expression.replaceAll('/', ' OR ').match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const either = () => {
    let result = both();
    while (tokens[at] === 'OR') {
      at += 1;
      const other = both();
      result ||= other;
    }
    return result;
  };
  const both = () => {
    let result = one();
    while (tokens[at] === 'AND') {
      at += 1;
      const other = one();
      result &&= other;
    }
    return result;
  };
  const one = () => {
    if (tokens[at] === '(') {
      at += 1;
      const inner = either();
      at += 1;
      return inner;
    }
    let name = tokens[at++];
    if (tokens[at] === 'WITH') name += ` WITH ${tokens[at + 1]}`, (at += 2);
    return allowed.has(name);
  };
  const result = either();
  return result && at === tokens.length;
}

const byId = new Map(tree.packages.map((crate) => [crate.id, crate]));
const ours = new Set(tree.workspace_members);
const complaints = [];
for (const crate of tree.packages) {
  const name = `${crate.name} ${crate.version}`;
  if (ours.has(crate.id)) continue;
  if (crate.source === null) complaints.push(`${name} comes from a folder outside the workspace`);
  else if (!/^(registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io\/)/.test(crate.source))
    complaints.push(`${name} comes from somewhere else than crates.io`);
  if (!crate.license) complaints.push(`${name} names no licence`);
  else if (!satisfied(crate.license)) complaints.push(`${name} is licensed ${crate.license}, which deny.toml does not allow`);
}
for (const node of tree.resolve.nodes) {
  const user = byId.get(node.id).name;
  for (const dependency of node.deps) {
    const { name } = byId.get(dependency.pkg);
    const ban = banned.get(name);
    // A ban without wrappers is for everybody; one with wrappers is about our own crates and whoever else comes along.
    if (ban !== undefined && !ban.wrappers.includes(user)) complaints.push(`${user} uses ${name}: ${ban.reason}`);
  }
}

for (const complaint of new Set(complaints)) console.log(`dependencies: ${complaint}`);
if (complaints.length > 0) process.exit(1);
console.log(`dependencies: ${tree.packages.length - ours.size} crates from crates.io, each under one of ${allowed.size} allowed licences`);
