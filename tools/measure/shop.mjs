// A released shop of its own to measure, and nginx beside it. Everything ends with the measuring, also when that fails.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const program = resolve('target/release/allgems');
const children = new Set();
const folders = new Set();

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'allgems-bench-'));
  folders.add(path);
  return path;
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Runs a program to its end; its output, or a failure with what it said.
export async function run(file, args, options = {}) {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  children.add(child);
  let out = '', err = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  const [code] = await once(child, 'close');
  children.delete(child);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${out}\n${err}`);
  return out;
}

// `settings` is text for shop.toml; `data` a folder with a catalogue in it, which stays.
export async function startShop({ data = folder(), settings = '' } = {}) {
  mkdirSync(data, { recursive: true });
  const file = join(folder(), 'shop.toml');
  writeFileSync(file, `[pictures]\navif = false\n${settings}`);
  const [port, sandbox, smtp] = [await freePort(), await freePort(), await freePort()];
  const env = {
    ...process.env, SHOP_ADDR: `127.0.0.1:${port}`, SANDBOX_ADDR: `127.0.0.1:${sandbox}`, SANDBOX_SMTP_ADDR: `127.0.0.1:${smtp}`,
    SHOP_DATA: data, SHOP_SETTINGS: file, SHOP_LOG: 'warn',
  };
  delete env.DATABASE_URL;
  const began = performance.now();
  const child = spawn(program, ['demo'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  children.add(child);
  let said = '';
  child.stderr.on('data', (text) => (said = (said + text).slice(-4000)));
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + 300_000;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the shop did not get ready:\n${said}`);
    await new Promise((done) => setTimeout(done, 5));
  }
  const ready = performance.now() - began;
  return {
    url, sandbox: `http://127.0.0.1:${sandbox}`, data, ready,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    stop: async () => {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      children.delete(child);
    },
  };
}

// nginx with these answers, as the yardstick for sending bytes that lie ready. `pages` are [name, bytes].
export async function startNginx(pages) {
  const home = folder();
  for (const name of ['www', 'tmp']) mkdirSync(join(home, name));
  for (const [name, bytes] of pages) writeFileSync(join(home, 'www', name), bytes);
  const port = await freePort();
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${home}/tmp/${kind};`).join(' ');
  writeFileSync(join(home, 'nginx.conf'), `${process.getuid() === 0 ? 'user root;' : ''} worker_processes auto; daemon off; pid ${home}/pid; error_log stderr error;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 10000000; open_file_cache max=1000; ${temp}
  server { listen 127.0.0.1:${port}; root ${home}/www; default_type text/html; add_header Content-Encoding br; } }`);
  const child = spawn('nginx', ['-p', home, '-c', join(home, 'nginx.conf')], { stdio: 'ignore' });
  children.add(child);
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await fetch(`${url}/${pages[0][0]}`).catch(() => null))?.ok) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGQUIT');
      if (child.exitCode === null) await once(child, 'exit');
      children.delete(child);
    },
  };
}

// Requests a second with wrk, and the times in milliseconds within which half and 99 of 100 were answered.
export async function load(url, headers = ['Accept-Encoding: br']) {
  const seconds = process.env.BENCH_SECONDS ?? '10';
  const connections = process.env.BENCH_CONNECTIONS ?? '64';
  const flags = headers.flatMap((header) => ['-H', header]);
  const out = await run('wrk', ['-t2', `-c${connections}`, `-d${seconds}s`, '--latency', ...flags, url]);
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(out);
  if (bad) throw new Error(`${url}: ${bad[1]} answers were not good`);
  const time = (percent) => {
    const [, number, unit] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(out);
    return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
  };
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), p50: time(50), p99: time(99) };
}

export function row(name, ...cells) {
  console.log(`| ${[name, ...cells].join(' | ')} |`);
}

export const whole = (number) => Math.round(number).toLocaleString('en');
export const line = ({ rate, p50, p99 }) => [whole(rate), p50.toFixed(2), p99.toFixed(2)];
