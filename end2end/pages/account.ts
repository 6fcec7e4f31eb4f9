// Signing in as a shopper.
import { expect, type Page } from '@playwright/test';
import type { Sandbox } from '../fixtures/sandbox';
import type { Shopper } from '../fixtures/shopper';
import { open, title } from './frame';

/** Signs in with the code that comes by mail. */
export async function signIn(page: Page, sandbox: Sandbox, who: Shopper): Promise<void> {
  await open(page, '/inloggen');
  await page.getByLabel('E-mailadres').fill(who.email);
  await page.getByRole('button', { name: 'Stuur mij een code' }).click();
  await expect(title(page)).toHaveText('Vul je code in');
  const mail = await sandbox.lastMail(who.email, { subject: /^Je code/ });
  const code = /\b\d{6}\b/.exec(mail.text)?.[0] ?? '';
  await page.getByLabel('Code van zes cijfers').fill(code);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/account$/);
}
