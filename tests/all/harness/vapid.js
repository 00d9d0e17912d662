// Checks the Authorization of a push (RFC 8292) and prints what it states.
const { subtle } = require("crypto").webcrypto;

(async () => {
  const [, token, key] = process.argv[2].match(/^vapid t=([^, ]+), k=([^, ]+)$/);
  const [header, claims, signature] = token.split(".");
  const bytes = (text) => Buffer.from(text, "base64url");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const own = await subtle.importKey("raw", bytes(key), algorithm, false, ["verify"]);
  if (!(await subtle.verify(algorithm, own, bytes(signature), Buffer.from(`${header}.${claims}`)))) throw "another signature";
  console.log(JSON.stringify({ ...JSON.parse(bytes(header)), ...JSON.parse(bytes(claims)), key }));
})();
