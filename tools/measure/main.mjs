// What `make bench` prints: tables in the form of docs/performance.md.
import { execFileSync } from 'node:child_process';
import { firstView } from './bytes.mjs';
import { shopWith } from './catalogue.mjs';
import { orders, somethingToBuy } from './orders.mjs';
import { line, load, row, run, startNginx, startShop, whole } from './shop.mjs';

const stages = { start, pages, growth, orders: throughput, bytes, lighthouse };
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(stages);
for (const name of wanted) {
  if (!stages[name]) {
    console.error(`bench: there is no ${name}; there are: ${Object.keys(stages).join(' ')}`);
    process.exit(2);
  }
}

let demo;
// The demo's catalogue, imported once; later starts find it there.
async function demoData() {
  if (!demo) {
    console.error('bench: the first start makes the pictures of the demo (up to three minutes)');
    const shop = await startShop();
    await shop.stop();
    demo = shop.data;
  }
  return demo;
}

const heading = (title, ...columns) => {
  console.log(`\n### ${title}\n`);
  row('', ...columns);
  row('---', ...columns.map(() => '---:'));
};

async function packed(url) {
  const answer = execFileSync('curl', ['-sf', '-H', 'Accept-Encoding: br', url], { maxBuffer: 1 << 26 });
  return answer;
}

async function start() {
  const data = await demoData();
  const times = [];
  let memory = 0;
  for (let round = 0; round < 5; round += 1) {
    const shop = await startShop({ data });
    times.push(shop.ready);
    if (round === 4) {
      await new Promise((done) => setTimeout(done, 3000));
      memory = shop.memory();
    }
    await shop.stop();
  }
  times.sort((a, b) => a - b);
  heading('Start and rest', 'measured');
  row('From the command to the first answer of /readyz, with the sandbox, middle of five', `${Math.round(times[2])} ms`);
  row('Memory three seconds later', `${Math.round(memory)} MB`);
}

async function pages() {
  const data = await demoData();
  const shop = await startShop({ data });
  const { path: product } = await somethingToBuy(shop.url);
  const paths = [['product page', product], ['collection', '/collectie/jurken'], ['home', '/']];
  const bodies = await Promise.all(paths.map(async ([, path], index) => [String(index), await packed(shop.url + path)]));
  const nginx = await startNginx(bodies);
  heading('Pages a second, the anonymous visitor', 'requests/s', 'p50 ms', 'p99 ms', 'of nginx');
  for (const [index, [name, path]] of paths.entries()) {
    const ours = await load(shop.url + path);
    const theirs = await load(`${nginx.url}/${index}`);
    row(`${name}, kept`, ...line(ours), `${(ours.rate / theirs.rate).toFixed(2)}`);
    row('the same bytes from nginx', ...line(theirs), '1');
  }
  const under = shop.memory();
  await nginx.stop();
  await shop.stop();
  const fresh = await startShop({ data, settings: '[pages]\nkeep = false\n' });
  for (const [name, path] of paths) row(`${name}, rendered each time`, ...line(await load(fresh.url + path, [])), '');
  for (const [name, path] of paths.slice(0, 1)) row(`${name}, rendered and packed each time`, ...line(await load(fresh.url + path)), '');
  console.log(`\nMemory of the shop after this load: ${Math.round(under)} MB with kept pages, ${Math.round(fresh.memory())} MB without.`);
  await fresh.stop();
}

async function growth() {
  const few = await shopWith(1000), many = await shopWith(50_000);
  heading('Growth from 1,000 to 50,000 articles, pages rendered each time', '1,000', '50,000', 'factor');
  const settings = '[pages]\nkeep = false\n';
  const measured = [];
  for (const { data } of [few, many]) {
    const shop = await startShop({ data, settings });
    const rates = [];
    for (const path of ['/product/artikel-500', '/collectie/jurken', '/collectie/jurken?maat=98%2F104&kleur=oker', '/zoeken?q=artikel+700']) {
      rates.push([path, (await load(shop.url + path, [])).rate]);
    }
    measured.push({ rates, memory: shop.memory(), ready: shop.ready });
    await shop.stop();
  }
  const [a, b] = measured;
  a.rates.forEach(([path, rate], index) => row(path, whole(rate), whole(b.rates[index][1]), (rate / b.rates[index][1]).toFixed(2)));
  row('memory, MB', whole(a.memory), whole(b.memory), '');
  row('start, ms', whole(a.ready), whole(b.ready), '');
  row('import, s', few.seconds.toFixed(1), many.seconds.toFixed(1), '');
}

async function throughput() {
  // An article with enough pieces for every order of the run.
  heading('Whole orders a second, 8 clients, each order written durably', 'orders/s', 'p50 ms', 'p99 ms');
  for (const [name, method] of [['by bank transfer', 'bank_transfer'], ['by iDEAL, with the call to the provider', 'ideal']]) {
    const { data } = await shopWith(400);
    const shop = await startShop({ data });
    const { variant } = await plenty(shop);
    const seconds = Number(process.env.BENCH_SECONDS ?? 10);
    row(name, ...line(await orders(shop.url, { variant, method, clients: 8, seconds })));
    await shop.stop();
  }
}

// The shelf of the first size is filled by the same command that an owner uses.
async function plenty(shop) {
  const { path, variant } = await somethingToBuy(shop.url);
  const { DatabaseSync } = await import('node:sqlite').catch(() => ({}));
  const sql = `update variants set on_hand = 1000000 where id = x'${variant.replaceAll('-', '')}'`;
  if (DatabaseSync) new DatabaseSync(`${shop.data}/shop.db`).exec(sql);
  else await run('python3', ['-c', `import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()`, `${shop.data}/shop.db`, sql]);
  return { path, variant };
}

async function bytes() {
  const shop = await startShop({ data: await demoData() });
  const { path } = await somethingToBuy(shop.url);
  heading('Bytes of the first view of a product page on a phone', 'before it is usable', 'after', 'requests');
  const seen = await firstView(shop.url + path);
  const sum = (list) => list.reduce((total, { bytes: size }) => total + size, 0);
  for (const name of [...new Set(seen.map((one) => one.kind))]) {
    const of = seen.filter((one) => one.kind === name);
    row(name, whole(sum(of.filter((one) => one.before))), whole(sum(of.filter((one) => !one.before))), of.length);
  }
  const plain = seen.filter((one) => one.kind !== 'pictures');
  row('all without pictures', whole(sum(plain.filter((one) => one.before))), whole(sum(plain.filter((one) => !one.before))), plain.length);
  await shop.stop();
}

async function lighthouse() {
  const shop = await startShop({ data: await demoData() });
  const { path } = await somethingToBuy(shop.url);
  const out = await run('node', ['tools/measure/lighthouse.mjs', ...['/', '/collectie/jurken', path].map((one) => shop.url + one)]);
  heading('Lighthouse, as a phone', 'performance', 'accessibility', 'best practices', 'SEO', 'LCP ms', 'CLS', 'TBT ms', 'not full');
  for (const page of JSON.parse(out)) {
    row(new URL(page.url).pathname, page.performance, page.accessibility, page.best_practices, page.seo, page.lcp_ms, page.cls, page.tbt_ms, page.failed.join(', '));
  }
  await shop.stop();
}

for (const name of wanted) await stages[name]();
