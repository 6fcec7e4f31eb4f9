// How the browser tests run. The shop itself is started by fixtures/shop.ts: each worker has its own, on free ports.
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

/** A browser of this machine when there is one; otherwise the one that Playwright fetched. */
const chromium = [process.env.PLAYWRIGHT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };
const withoutScript = /no-script\.spec\.ts$/;

const config: PlaywrightTestConfig = {
  testDir: './tests',
  outputDir: './test-results',
  globalSetup: './fixtures/template.ts',
  fullyParallel: false,
  workers: 1, // the tests share one shop, and a shop on two cores is faster alone
  retries: 0, // a test that sometimes fails is a bug, here or in the shop
  forbidOnly: process.env.CI === 'true',
  timeout: 30_000,
  expect: { timeout: 7_500 },
  reporter: [['list'], ['html', { open: 'never', outputFolder: './playwright-report' }]],
  use: {
    browserName: 'chromium',
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    trace: 'retain-on-failure',
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
    { name: 'no-script', use: { ...phone, javaScriptEnabled: false }, testMatch: withoutScript },
  ],
};

export default defineConfig(config);
