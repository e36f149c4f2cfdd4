import type { FAILURES } from './failures.ts'
import type { Failure } from './failure.ts'

/** What goes wrong before a server is asked: in a URL, a file or a record. */
export type FileCase = { readonly number: keyof typeof FAILURES; readonly how: string }

/** How a strict parser reads `smtp://AKIA…:pa/ss@email-smtp…:587`. */
export const URL_CASE: Failure = {
  number: 1,
  how: 'an SMTP URL that was cut at the / of its password',
  shows: 'resolve-host-is-user',
  means: 'client-config-invalid',
}

export const SPF_CASE: Failure = {
  number: 45,
  how: 'a record of eleven includes, all of which have to be looked up',
  shows: 'domain-spf-broken',
  means: 'policy-spf-fail',
}

export const BARE_LINES: FileCase = { number: 40, how: 'Postfix with smtpd_forbid_bare_newline=reject' }
export const SPECIAL_CHARACTERS: FileCase = { number: 28, how: 'a URL whose password holds / # $ @ : + and %' }
export const NO_FILE: FileCase = { number: 46, how: 'the real msmtp, and no file where it looks' }
export const WRONG_ORDER: FileCase = { number: 47, how: 'the real msmtp, and accounts named before they are there' }

/** What one machine, or one container, cannot bring about: shown from what msmtp and the kernel say instead. */
export const NOT_HERE: readonly (FileCase & { readonly because: string; readonly said: string })[] = [
  {
    number: 48,
    how: 'AppArmor keeps msmtp from its log file',
    because: 'a security profile is loaded into the kernel, which a test must not change for the whole machine',
    said: "msmtp: cannot log to /var/log/msmtp/msmtp.log: cannot open: Permission denied\nmsmtp: log info was: host=mail.lab.test tls=on auth=on user=ada from=ada@lab.test recipients=bob@lab.test mailsize=120 smtpstatus=250 smtpmsg='250 2.0.0 Ok: queued' exitcode=EX_OK",
  },
]
