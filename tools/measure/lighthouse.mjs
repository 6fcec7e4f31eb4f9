// Measures pages as a phone sees them: node tools/measure/lighthouse.mjs URL...   Prints one JSON object per page, in a list.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const urls = process.argv.slice(2);
if (urls.length === 0) {
  console.error('usage: node tools/measure/lighthouse.mjs URL...');
  process.exit(2);
}

const program = fileURLToPath(new URL('../../end2end/node_modules/.bin/lighthouse', import.meta.url));
if (!existsSync(program)) {
  console.error('lighthouse is not installed; tools/setup test installs it');
  process.exit(1);
}
const chromium = [process.env.PLAYWRIGHT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

async function measure(url) {
  const { stdout } = await promisify(execFile)(
    program,
    [url, '--quiet', '--output=json', '--output-path=stdout', '--only-categories=performance,accessibility,best-practices,seo',
      '--form-factor=mobile', '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'],
    { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...(chromium ? { CHROME_PATH: chromium } : {}) } },
  );
  const report = JSON.parse(stdout);
  if (report.runtimeError) throw new Error(`${url}: ${report.runtimeError.message}`);
  const score = (category) => Math.round((report.categories[category]?.score ?? 0) * 100);
  const value = (audit) => Math.round(report.audits[audit]?.numericValue ?? NaN);
  return {
    url,
    performance: score('performance'),
    accessibility: score('accessibility'),
    best_practices: score('best-practices'),
    seo: score('seo'),
    lcp_ms: value('largest-contentful-paint'),
    fcp_ms: value('first-contentful-paint'),
    tbt_ms: value('total-blocking-time'),
    cls: Number((report.audits['cumulative-layout-shift']?.numericValue ?? NaN).toFixed(3)),
    bytes: value('total-byte-weight'),
    // What keeps a page from a full score, so that the number can be acted upon.
    failed: Object.values(report.audits)
      .filter((audit) => audit.score !== null && audit.score < 0.9 && ['binary', 'numeric', 'metricSavings'].includes(audit.scoreDisplayMode))
      .map((audit) => audit.id),
  };
}

// Lighthouse itself asks to be run again when the browser's trace has a hole (NO_NAVSTART); anything else ends the measuring.
async function patiently(url) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await measure(url);
    } catch (error) {
      if (tries === 3 || !String(error.stderr ?? error.message).includes('NO_NAVSTART')) throw error;
      console.error(`lighthouse: no trace of ${url}, asked again`);
    }
  }
}

// One after another: two browsers on the same cores would measure each other.
const results = [];
for (const url of urls) results.push(await patiently(url));
console.log(JSON.stringify(results, null, 2));
