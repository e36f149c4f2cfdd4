import type { Entries } from '#shared/finding/catalogue/entry.ts'

export const RESOLVE = {
  'resolve-name-not-found': {
    class: 'dns-host-not-found',
    severity: 'error',
    title: 'The name of the mail server does not exist',
    why: 'The DNS knows no host[ called {host}]. The name is misspelt, has gone, or is known only inside another network.',
  },
  'resolve-no-address': {
    class: 'dns-host-not-found',
    severity: 'error',
    title: 'The name exists, but no server stands behind it',
    why: 'The DNS knows [{host}|the name], but has no address for it. Often this is a mail domain, and the mail server has a name of its own.',
  },
  'resolve-settings-invalid': {
    class: 'client-config-invalid',
    severity: 'error',
    title: 'The settings cannot be used as they are written',
    why: 'The mail program did not get as far as talking to a mail server[: "{host}" is no host name]. A field is missing, or holds more than belongs into it, such as a port, a blank, or part of a password.',
  },
  'resolve-host-is-user': {
    class: 'client-config-invalid',
    severity: 'error',
    title: 'The settings have a piece of the sign-in where the mail server belongs',
    why: '["{host}" looks like a user name or a key, not like a mail server. ]That happens where an SMTP URL is cut at a / ? # or @ of the password: in a URL these have to be percent-encoded. Separate fields for host, user and password need no encoding.',
  },
  'resolve-resolver-failed': {
    class: 'dns-temporary-failure',
    severity: 'error',
    title: 'The DNS gave no answer',
    why: 'The resolver[ {resolver}] could not say what [{host}|the name] stands for[ ({code})]. That says nothing about the name: the resolver, or the way to it, is the problem.',
  },
  'resolve-stopped': {
    class: null,
    severity: 'info',
    title: 'Stopped while looking up the name',
    why: 'The test was stopped before the name was resolved, so nothing is known yet.',
  },
  'resolve-out-of-time': {
    class: 'dns-temporary-failure',
    severity: 'error',
    title: 'Looking up the name took too long',
    why: 'The time limit ran out while waiting for the DNS.',
  },
} as const satisfies Entries<'resolve'>
