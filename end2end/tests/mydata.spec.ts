// A parent looks at what the shop holds of her, takes it along, and has it erased.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { signIn } from '../pages/account';
import { open, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { order } from '../pages/purchase';

interface MyData {
  email: string;
  groups: { table: string; rows: Record<string, unknown>[] }[];
}

test('a parent finds all of her data, and an order on its way is finished before anything is erased', async ({ page, stranger, sandbox }) => {
  const who = aShopper({ givenName: 'Fenna' });
  await order(page, { slug: 'legging-kwarts', size: '146/152', method: 'Overschrijving', who });
  const number = await new OrderPage(page).number();
  await signIn(stranger, sandbox, who);
  await stranger.getByRole('navigation', { name: 'Mijn account' }).getByRole('link', { name: 'Mijn gegevens' }).click();
  await expect(title(stranger)).toHaveText('Mijn gegevens');
  await expect(stranger.getByRole('heading', { name: 'Bestellingen', exact: true })).toBeVisible();

  const download = stranger.waitForEvent('download');
  await stranger.getByRole('link', { name: /JSON/ }).click();
  const data = JSON.parse(await readFile(await (await download).path(), 'utf8')) as MyData;
  expect(data.email).toBe(who.email);
  const orders = data.groups.find((group) => group.table === 'orders');
  expect(orders?.rows.map((row) => row.number)).toEqual([number]);
  expect(JSON.stringify(orders)).toContain('Wittem');

  await stranger.getByRole('link', { name: 'Bekijk wat er gewist wordt' }).click();
  await expect(stranger.getByRole('main')).toContainText(`Bestelling ${number} wacht op betaling.`);
  await expect(stranger.getByRole('button', { name: 'Mail mij een code' })).toBeHidden();
});

test('who deletes her account finds nothing of it any more', async ({ page, sandbox, consoleGuard }) => {
  consoleGuard.expect(/404/); // the order is nobody's she knows any more
  const who = aShopper({ givenName: 'Noor' });
  await order(page, { slug: 'legging-kwarts', size: '146/152', method: 'Overschrijving', who });
  const placed = new OrderPage(page);
  const number = await placed.number();
  await page.locator('summary', { hasText: 'Bestelling annuleren' }).click();
  await page.getByRole('button', { name: 'Annuleer deze bestelling' }).click();
  await expect(page.getByRole('main')).toContainText('Je hebt deze bestelling geannuleerd.');
  await open(page, '/mijn-gegevens');
  await expect(page.getByRole('button', { name: 'Stuur mij een code' })).toBeVisible();
  await sandbox.noMail();
  await signIn(page, sandbox, who);
  await open(page, '/account/gegevens/wissen');
  await sandbox.noMail();
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  const mail = await sandbox.lastMail(who.email, { subject: /^Je code om je gegevens te wissen/ });
  await page.getByLabel('Code van zes cijfers').fill(/\b\d{6}\b/.exec(mail.text)?.[0] ?? '');
  await page.getByRole('checkbox', { name: /Ik weet het zeker/ }).check();
  await page.getByRole('button', { name: 'Wis mijn gegevens' }).click();

  await expect(title(page)).toHaveText('Je gegevens zijn gewist');
  await expect(page.getByRole('main')).toContainText(`Bestelling ${number}: tot en met 31 december`);
  const last = await sandbox.lastMail(who.email, { subject: /zijn gewist$/ });
  expect(last.text).toContain(`bestelling ${number}`);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/inloggen$/);

  await sandbox.noMail();
  await signIn(page, sandbox, who);
  await expect(title(page)).toHaveText('Je account');
  await expect(page.getByRole('main')).toContainText('Je hebt nog niets besteld.');
  await page.goto(`/bestelling/${number}`);
  await expect(page.getByRole('main')).not.toContainText('Noor');
});
