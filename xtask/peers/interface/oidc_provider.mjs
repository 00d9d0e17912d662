// An OpenID provider with the library oidc-provider as it is by itself: e-mail addresses are at UserInfo, not in the ID token.
//
// ISSUER and PORT say where it is, EDGE where its only client is. Its key is made anew at each start, always under the same name.

import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const { ISSUER, PORT, EDGE } = process.env;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(ISSUER, {
  clients: [{
    client_id: 'hoi',
    client_secret: 'a secret of the lab',
    redirect_uris: [`${EDGE}/desk/oidc/back`],
    post_logout_redirect_uris: [`${EDGE}/desk/sign-in`],
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  cookies: { keys: ['only for the lab'] },
  // Whoever types a name is that person.
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@ward.example.gov.vn`, email_verified: true }),
  }),
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'the-only-one', use: 'sig', alg: 'RS256' }] },
});
provider.listen(Number(PORT), '127.0.0.1');
