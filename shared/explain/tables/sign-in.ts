import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What servers and libraries say about signing in. */
export const SIGN_IN: Table = {
  sources: [
    'https://www.rfc-editor.org/rfc/rfc4954',
    'https://pkg.go.dev/net/smtp',
    'https://docs.python.org/3/library/smtplib.html',
    'https://doc.dovecot.org/',
    'https://www.exim.org/exim-html-current/doc/html/spec_html/',
  ],
  rows: [
    [
      'auth-app-password-needed',
      SURE,
      `
      application-specific password | application specific password | app-specific password | app specific
      password | app password | application password | invalidsecondfactor | less secure app | two-factor
      authentication is enabled | two factor authentication is enabled | 2fa enabled | authorization code is
      required | authorization code | third-party client password | device password | use the authorization
      password | external password | apppassword | app passwords | generate an app | less secure | 2-factor …
      password | inloggen … app | support.google.com/accounts/answer/185833 | allow less secure apps |
      authenticate using web login | use a special password | access for less secure
      `,
    ],
    ['auth-app-password-needed', MAYBE, `third-party app | two-step | 2-step verification | lsa`],
    [
      'auth-bad-credentials',
      LIKELY,
      `
      login denied | username and password not accepted | username or password | user name or password | login or
      password | authentication credentials invalid | invalid credentials | bad credentials | badcredentials |
      incorrect authentication data | incorrect username | incorrect user name | incorrect password | wrong
      password | bad password | invalid password | invalid user or password | invalid username | invalid login or
      password | bad username | invalid login | password verification failed | password mismatch | user not found
      … auth | sasl plain authentication failed | sasl login authentication failed | sasl authentication failure
      | unknown user or bad password | invalid user | credentials were rejected | credentials rejected | login
      incorrect | incorrect login | login fail | authorization failed: invalid | permission denied (#5.7.1) …
      auth | smtp auth failure | logon failure | user unknown or password | username/password | bad username /
      password | error: could not authenticate | could not authenticate | invalid secret | invalid api key | api
      key … invalid | key not found | bad username or password | account or password | access key … not found |
      authentification invalide | identifiants … incorrects | authentifizierung … fehlgeschlagen | benutzername
      oder | mot de passe … incorrect | contrase … incorrect | autenticazione … fallita | password is too simple
      | user/password | incorrect credentials | credentials incorrect | {username, user name, password,
      credentials} .. {incorrect, is wrong, are wrong, not correct, was rejected, were rejected}
      `,
    ],
    [
      'auth-bad-credentials',
      MAYBE,
      `
      authentication failed | authentication failure | authentication unsuccessful | authentication error |
      failed to authenticate | authenticationfailedexception | smtpauthenticationerror | authenticationexception
      | auth failed | auth error | eauth | login failed | authentication rejected | authentication was rejected |
      credentials | authentifizierung fehlgeschlagen
      `,
    ],
    [
      'auth-mechanism-unsupported',
      SURE,
      `
      unrecognized authentication type | unrecognised authentication type | unknown authentication mechanism |
      unsupported authentication mechanism | unsupported authentication type | authentication mechanism not
      supported | authentication mechanism is not supported | auth mechanism not supported | auth mechanism not
      available | auth mechanism unavailable | authentication type not supported | authentication method not
      supported | authentication method is not supported | unsupported auth type | invalid authentication
      mechanism | invalid authentication type | no suitable authentication method | no suitable authentication
      mechanism | no supported authentication | no supported authenticator | no compatible authentication
      mechanism | none of the authentication mechanisms | no authentication mechanisms supported | no
      authentication mechanism available | no mechanism available | no worthy mechs | authentication failure: no
      mechanism | sasl mechanism not supported | mechanism is too weak | does not support any of the
      authentication | unknown or unsupported auth | server does not support … authentication method | unknown
      auth type | unsupported auth | auth mechanism … not supported | requested authentication method | auth type
      … not supported | failed to find an authenticator | unexpected auth mechanism | cannot negotiate …
      authentication | 5.7.4 unrecognized | auth type not supported | unrecognized auth | not support …
      authentication mechanism | unsupported mechanism | mechanism not supported | mechanism not available |
      mechanism … unavailable | mechanism … unsupported | authentication type … not supported | authentication
      methods … not supported | no auth method | no acceptable auth | no supported auth | auth cram-md5 … 504 |
      auth plain … 504 | auth login … 504 | {server does not, does not, doesn't} support {smtp auth type, auth
      type, auth mechanism}
      `,
    ],
    [
      'auth-mechanism-unsupported',
      LIKELY,
      `
      {mechanism, auth type, authentication type, authentication method, auth method, auth mechanism} .. {not
      supported, unsupported, invalid, not available, unavailable, unrecognized, unknown} | {unsupported,
      unrecognized, unknown, invalid, no supported, no suitable, no acceptable} .. {mechanism, auth type,
      authentication type, authentication method, auth method}
      `,
    ],
    [
      'auth-mechanism-unsupported',
      MAYBE,
      `
      cram-md5 … not | ntlm … not | none of … auth | mechanism … not available | cannot authenticate … no
      `,
    ],
    [
      'auth-not-offered',
      SURE,
      `
      smtp auth extension not supported | auth extension not supported | does not support authentication |
      doesn't support authentication | doesn't support auth | does not support auth | does not support smtp-auth
      | server does not support smtp auth | authentication not supported | authentication is not supported by the
      server | authentication not enabled | authentication not available | auth not available | auth not enabled
      | auth command not | auth not advertised | auth is not supported | auth command used when not advertised |
      does not advertise auth | doesn't advertise auth | no auth mechanism | no authentication methods | auth …
      command not supported | auth … command not implemented | auth … unrecognized command | auth … command
      unrecognized | auth … 502 | auth … 500 | 503 auth | 503 error: authentication not enabled | smtp
      authentication is not enabled | smtp server does not support authentication | not support smtp auth | auth
      … not advertised | auth … not enabled | auth unsupported | auth: unrecognized | sasl … not enabled |
      authentication … not offered | not advertise authentication | auth command is not | unrecognized authentication command | "auth" … 502 |
      does not advertise the auth | server doesn't support … login
      `,
    ],
    [
      'auth-not-offered',
      LIKELY,
      `
      {unrecognized, unrecognised, unknown, unsupported, invalid, unimplemented} command .. auth | {command auth,
      command: auth, command 'auth', command "auth"} .. {not, unknown, unrecognized, unsupported, disabled} | auth
      … not allowed | auth … not supported | auth … disabled | no auth | 503 5.5.1 invalid command | auth
      not supported | authentication disabled | auth … not available | {not implemented, not recognized, not
      recognised, unrecognized, unrecognised, not supported, unknown command} .. {auth login, auth plain, auth
      cram-md5, "auth", 'auth', (auth)}
      `,
    ],
    [
      'auth-oauth-scope-or-permission',
      SURE,
      `
      smtp.send | insufficient scope | insufficient_scope | invalid_scope | insufficient authentication scopes |
      insufficientpermissions | aadsts65001 | not authorized to perform | is not authorized to perform:
      ses:sendrawemail | token audience | wrong audience | access_denied | consent_required | missing scope |
      sendasdenied … oauth | eyjzdgf0dxmioijpbnn1zmzpy2llbnrfc2nvcgui
      `,
    ],
    ['auth-oauth-scope-or-permission', HINT, `xoauth2 | oauthbearer | sasl-xoauth2`],
    [
      'auth-oauth-token-expired-or-invalid',
      SURE,
      `
      invalid_grant | token has been expired or revoked | token expired | token has expired | token is expired |
      expired token | invalid_token | access token is invalid | aadsts700082 | aadsts70008 | aadsts50173 |
      aadsts70000 | aadsts7000222 | aadsts7000215 | aadsts700016 | invalid_client | token revoked | lifetime
      validation failed | bearer token invalid | bad authentication token | unauthorized_client |
      eyjzdgf0dxmioii0mdai | eyjzdgf0dxmioii0mdei | status":"400","schemes":"bearer |
      status":"401","schemes":"bearer | lifetime … token | eyjzdgf0dxmioijpbnzhbglkx3rva2vu | sasl-xoauth2: auth
      failed
      `,
    ],
    [
      'auth-oauth-token-expired-or-invalid',
      LIKELY,
      `
      oauth … expired | token … expired | token … revoked | token … invalid | invalid token | unauthorized token
      | refresh … token | token refresh | invalid xoauth2 | token will expire | token … expire | oauth … invalid
      | sasl-xoauth2 … expired | {token, access token, refresh token, oauth, xoauth2, oauth2} .. {expired,
      revoked, is invalid, not valid, malformed}
      `,
    ],
    [
      'auth-oauth-token-expired-or-invalid',
      MAYBE,
      `
      access token | oauth … fail | oauth2 … fail | invalid_request | refresh token | aadsts | could not refresh
      | failed to refresh
      `,
    ],
    [
      'auth-plaintext-over-insecure-refused',
      SURE,
      `
      unencrypted connection | encrypted connection before {auth, log, sign} | encryption required for requested authentication mechanism | encryption required
      for requested auth | encryption needed to use mechanism | plaintext authentication disallowed | plaintext
      authentication is disabled | plaintext authentication not allowed | cleartext authentication disabled |
      cleartext authentication not allowed | must use ssl/tls to authenticate | requires an encrypted connection
      to authenticate | authentication requires … tls | auth only allowed over tls | auth over an unencrypted |
      insecure connection … auth | refusing to send password | refusing to authenticate over | cannot use a
      secure authentication method | cannot find a usable authentication method | password over an unencrypted |
      password would be sent unencrypted | auth … before tls | auth not available without tls | plain
      authentication … not encrypted | plainauth … unencrypted | auth … over unencrypted | must be encrypted …
      auth | tls is required … auth | tls required … auth | encryption … before auth | plaintext … auth …
      disallowed | not be sent … unencrypted | authentication … requires … encrypt | credentials … unencrypted |
      cleartext … not allowed | no secure … connection … auth | auth requires ssl | authentication requires ssl |
      auth not allowed | plaintext … disallowed | authentication not allowed … insecure | not send … unencrypted
      | encryption required … auth
      `,
    ],
    [
      'auth-plaintext-over-insecure-refused',
      SURE,
      `
      {cleartext, clear text, clear-text, plaintext, plain text, plain-text} {password, passwords, login, logins,
      authentication, auth} .. {not accepted, not allowed, without tls, without ssl, disabled, refused, forbidden}
      `,
    ],
    ['auth-plaintext-over-insecure-refused', MAYBE, `538 | encrypted connection … authenticat`],
    [
      'auth-required',
      SURE,
      `
      authentication required | authentication is required | smtp authentication is required | auth required |
      requires authentication | require authentication | must authenticate | must be authenticated | needs to be
      authenticated | please authenticate | not authenticated | not been authenticated | was not authenticated |
      unauthenticated senders | unauthenticated user | unauthenticated is not allowed | client was not
      authenticated | client not authenticated | need to authenticate | needs authentication | without
      authentication | authenticate first | authentication first | log in first | login first | must log in |
      must login | sender not authenticated | need auth | send anonymous mail | anonymous mail | authorization
      required | authorization is required | smtp auth is required | use smtp auth | auth first | must check for
      new mail before | check your mail before sending | pop before smtp | sendernotauthenticated |
      rst.authrequired | not logged in | must first authenticate | not signed in | unauthenticated mail |
      unauthenticated connection | turn on smtp authentication | did not authenticate | smtp auth needed |
      requires smtp auth | try to authenticate | sender must be authenticated | 530 authentication | not
      authorized … authenticate | smtp; client was not authenticated | need to be authenticated | you must
      authenticate | you are not authenticated | please sign in | not authorised … login | must be logged in |
      smtp authentication required | requires login | login required | access denied - please authenticate | user
      not authenticated | no authentication … provided | mail from … not authenticated | auth needed |
      authentication needed | {have to, must, need to, should} {log in, login, sign in, authenticate} | {log in,
      login, sign in, authenticate} before | auth command first | {authentication, auth} is needed
      `,
    ],
    [
      'auth-required',
      LIKELY,
      `
      authentification requise | authentifizierung erforderlich | autenticacion requerida | anmeldung erforderlich
      `,
    ],
    [
      'auth-required',
      MAYBE,
      `
      unauthenticated | authentication … required | require … authentication | authenticate to | please turn on |
      smtp-auth | 530 5.7.1 | 530 5.5.1 | sender … not authenticated
      `,
    ],
    ['auth-required', HINT, `anonymous`],
  ],
}
