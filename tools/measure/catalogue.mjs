// A catalogue of any size, as a product file: the demo's articles over and over with other names. Without pictures, since lists
// and rules are what grows.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, run, program } from './shop.mjs';

const KINDS = ['Jurken', 'Broeken', 'Shirts', 'Truien', 'Rokken', 'Jassen'];
const COLOURS = ['salie', 'roze', 'oker', 'indigo', 'klei', 'blad', 'kers'];
const SIZES = ['62/68', '74/80', '86/92', '98/104', '110/116', '122/128'];

function productFile(articles) {
  const lines = ['Handle,Title,Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Status'];
  for (let number = 1; number <= articles; number += 1) {
    const kind = KINDS[number % KINDS.length], colour = COLOURS[number % COLOURS.length];
    SIZES.forEach((size, at) => {
      const head = at === 0 ? `Artikel ${number} ${colour},All Gems,${kind},,TRUE` : ',,,,';
      lines.push(`artikel-${number},${head},Maat,${size},Kleur,${colour},M${number}-${at},200,${(number + at) % 9},${(19 + (number % 60)).toFixed(2)},${at === 0 ? 'active' : ''}`);
    });
  }
  return lines.join('\n') + '\n';
}

// A data folder with that many articles.
export async function shopWith(articles) {
  const data = folder();
  const file = join(folder(), 'products.csv');
  writeFileSync(file, productFile(articles));
  const env = { ...process.env, SHOP_DATA: data, SHOP_SECRET: 'measuring-measuring-measuring-measuring', SHOP_LOG: 'warn' };
  delete env.DATABASE_URL;
  const began = performance.now();
  await run(program, ['import', file], { env });
  return { data, seconds: (performance.now() - began) / 1000 };
}
