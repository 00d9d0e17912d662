// Prints a visitor's token, signed by jose with the private key in the file that is named first, for the algorithm named second.

import { readFileSync } from 'node:fs';
import { SignJWT, importPKCS8 } from 'jose';

const [file, algorithm] = process.argv.slice(2);
const key = await importPKCS8(readFileSync(file, 'utf8'), algorithm);
const token = new SignJWT({ name: 'Nguyễn Thị Hoa' }).setProtectedHeader({ alg: algorithm });
console.log(await token.setSubject('citizen-42').setAudience('ward').setExpirationTime('10m').sign(key));
