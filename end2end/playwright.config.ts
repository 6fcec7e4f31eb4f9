// How the browser tests run. The shop itself is started by fixtures/shop.ts: each worker has its own, on free ports.
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

/** A browser of this machine when there is one; otherwise the one that Playwright fetched. */
const chromium = [process.env.PLAYWRIGHT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

const atBuildServer = process.env.CI === 'true';
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };
const withoutScript = /no-script\.spec\.ts$/;

const config: PlaywrightTestConfig = {
  testDir: './tests',
  outputDir: './test-results',
  globalSetup: './fixtures/template.ts',
  fullyParallel: false,
  workers: 1, // the tests share one shop, and a shop on two cores is faster alone
  // A test that sometimes fails is a bug, here or in the shop: at a desk it fails. A build server, whose neighbours one does not know,
  // asks once more, and tools/test names and counts what needed it.
  retries: atBuildServer ? 1 : 0,
  forbidOnly: atBuildServer,
  timeout: 60_000, // some look at ten pages, and a build server may be slow
  expect: { timeout: 7_500 },
  reporter: [['list'], ['html', { open: 'never', outputFolder: './playwright-report' }]],
  use: {
    browserName: 'chromium',
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    trace: atBuildServer ? 'off' : 'retain-on-failure', // recording costs much of the time, and nobody opens it there
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox', // the tests may run as root, in a container
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // A test that only makes sense on one screen says so in its tag: { tag: '@phone' } or { tag: '@desktop' }.
  projects: [
    { name: 'phone', use: phone, testIgnore: withoutScript, grepInvert: /@desktop\b/ },
    { name: 'desktop', use: desktop, testIgnore: withoutScript, grepInvert: /@phone\b/ },
    // Recorded everywhere: without script and without a recording Chromium draws no frames, and Playwright waits for them in vain.
    { name: 'no-script', use: { ...phone, javaScriptEnabled: false, trace: 'retain-on-failure' }, testMatch: withoutScript },
  ],
};

export default defineConfig(config);
