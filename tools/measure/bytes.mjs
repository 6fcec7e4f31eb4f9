// What a phone downloads at its first visit to a page, by kind, before the page is usable and after, in a real browser.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../end2end/package.json', import.meta.url))('playwright-core');

const kind = (type, path) => path.endsWith('.wasm') ? 'module' : { document: 'HTML', stylesheet: 'styles', font: 'font', image: path.endsWith('.svg') ? 'icons' : 'pictures', script: 'glue' }[type] ?? 'other';

export async function firstView(url) {
  const executablePath = [process.env.PLAYWRIGHT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
    const seen = [];
    let usable = false;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const known = new Map();
    session.on('Network.requestWillBeSent', (event) => known.set(event.requestId, { url: event.request.url, type: event.type.toLowerCase() }));
    session.on('Network.loadingFinished', (event) => {
      const request = known.get(event.requestId);
      if (request && request.url.startsWith('http')) seen.push({ kind: kind(request.type, new URL(request.url).pathname), bytes: event.encodedDataLength, before: !usable });
    });
    await page.goto(url, { waitUntil: 'load' });
    usable = true;
    await page.mouse.move(100, 300);
    await page.waitForTimeout(4000);
    return seen;
  } finally {
    await browser.close();
  }
}
