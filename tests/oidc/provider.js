// An OpenID Connect provider for tests: `node provider.js PORT REDIRECT_URI`. Whoever signs in with
// any name and password is that person; the name is also the value of the claim `groups`.
import Provider from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);

const claimsOf = (name) => ({
  sub: name,
  email: `${name}@example.org`,
  email_verified: true,
  name: `Test ${name}`,
  groups: [name],
  office: "tani",
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "sejahtera", client_secret: "for-tests-only", redirect_uris: [redirectUri] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups", "office"] },
  conformIdTokenClaims: false, // Streamlit reads the identity token only
  cookies: { keys: ["for tests only"] },
  pkce: { required: () => false },
  findAccount: async (_context, name) => ({ accountId: name, claims: async () => claimsOf(name) }),
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
