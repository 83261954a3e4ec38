"""Ways to prove who one is: a local account, or a provider that the browser is sent to (OIDC; SAML can be added)."""
