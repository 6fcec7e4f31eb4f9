// A parent asks something with the contact form, without script, and the owner answers from her desk.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { title } from '../pages/frame';

test('a question without script is answered by mail', async ({ browser, shop, owner, sandbox, consoleGuard }) => {
  consoleGuard.expect(/422/);
  const who = aShopper();
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: shop.url });
  const page = await context.newPage();
  const question = `Valt de jurk Madelief ruim? (${who.email.slice(9, 17)})`;

  await page.goto('/contact');
  await expect(page.getByLabel('Laat dit leeg'), 'the field for programs').toBeHidden();
  await page.getByLabel('Je naam').fill('Fenna Hof');
  await page.getByLabel('Bestelnummer').fill('AG100042');
  await page.getByLabel('Je vraag').fill(question);
  await page.getByRole('button', { name: 'Verstuur' }).click();
  await expect(page.getByLabel('Je vraag'), 'what was typed stays').toHaveValue(question);
  await expect(page.getByLabel('Bestelnummer')).toHaveValue('AG100042');
  await page.getByLabel('E-mailadres').fill(who.email);
  // Nobody fills in a form at once; who does is heard, but gets no mail.
  await page.waitForTimeout(3500);
  await page.getByRole('button', { name: 'Verstuur' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Je bericht is binnen.' })).toBeVisible();
  const received = await sandbox.lastMail(who.email, { subject: /^We hebben je vraag/ });
  expect(received.text, 'nobody proved that the address is hers').not.toContain('Madelief');
  await context.close();

  await owner.goto('/beheer/vragen');
  await expect(title(owner)).toHaveText('Vragen');
  // The oldest question stands first; this one is the last of those that wait.
  await owner.getByRole('listitem').filter({ hasText: 'Fenna Hof' }).filter({ hasText: 'AG100042' }).last().getByRole('link', { name: 'Open' }).click();
  await expect(owner.getByRole('main')).toContainText(question);
  await owner.getByRole('button', { name: 'Verstuur het antwoord' }).click();
  await expect(owner.getByRole('main')).toContainText('Schrijf eerst je antwoord op.');
  await owner.getByLabel('Je antwoord').fill('Ja, neem gerust een maat kleiner.');
  await owner.getByRole('button', { name: 'Verstuur het antwoord' }).click();
  await expect(owner.getByRole('status')).toContainText('Je antwoord gaat per mail op weg.');

  const answer = await sandbox.lastMail(who.email, { subject: /^Antwoord op je vraag/ });
  expect(answer.text).toContain('Ja, neem gerust een maat kleiner.');
});
