import { addressFaultMessage, parseAddress } from '#shared/account/address.ts'
import { error, warning, type SettingsRule } from '#shared/account/rules/rule.ts'

const fromAddress: SettingsRule = ({ from }) => {
  if (from === null || from === '') return null
  const parsed = parseAddress(from)
  if (!parsed.ok) {
    return parsed.error.kind === 'no-at' || parsed.error.kind === 'no-domain'
      ? error(
          'from',
          'from-without-domain',
          'the sender address has no domain',
          'give the whole address, name@example.org',
        )
      : error(
          'from',
          'from-malformed',
          `the sender address cannot be used: ${addressFaultMessage(parsed.error)}`,
          'give one address, name@example.org',
        )
  }
  if (parsed.value.displayName !== null) {
    return error(
      'from',
      'from-with-name',
      'the sender address holds a name beside the address',
      'put the name into its own field',
      {
        from: parsed.value.address,
        fromName: parsed.value.displayName,
      },
    )
  }
  return parsed.value.asciiDomain.includes('.') || parsed.value.asciiDomain.startsWith('[')
    ? null
    : warning(
        'from',
        'from-local-domain',
        `"${parsed.value.domain}" is not a domain of the internet: servers refuse such a sender, and nobody can answer`,
        'give an address that receives mail',
      )
}

const fromNameWithoutFrom: SettingsRule = ({ from, fromName }) =>
  fromName !== null && from === null
    ? warning(
        'fromName',
        'name-without-address',
        'there is a sender name, but no sender address',
        'give the sender address too',
      )
    : null

/** RFC 3461 section 4.1: `NEVER`, or a list of `SUCCESS`, `FAILURE` and `DELAY`; lower case as msmtp writes it. */
const notifyGrammar: SettingsRule = ({ dsnNotify }) => {
  if (dsnNotify === null) return null
  const words = dsnNotify.split(',').map(word => word.trim())
  const remedy = 'write never, or any of failure,delay,success'
  if (words.includes('never')) {
    return words.length === 1 ? null : error('dsnNotify', 'notify-never-with-others', '"never" stands alone', remedy)
  }
  const unknown = words.find(word => word !== 'failure' && word !== 'delay' && word !== 'success')
  if (unknown !== undefined)
    return error('dsnNotify', 'notify-unknown-word', `"${unknown}" is not a kind of notice`, remedy)
  return new Set(words).size === words.length
    ? null
    : warning('dsnNotify', 'notify-twice', 'a kind of notice is named twice', remedy)
}

const bccAndUndisclosed: SettingsRule = ({ removeBccHeaders }) =>
  removeBccHeaders
    ? null
    : warning('removeBccHeaders', 'bcc-kept', 'every recipient will see who got a blind copy', 'remove Bcc headers', {
        removeBccHeaders: true,
      })

const syslogFacility: SettingsRule = ({ syslog }) =>
  syslog === null || /^(?:on|off|LOG_MAIL|LOG_USER|LOG_LOCAL[0-7])$/.test(syslog)
    ? null
    : error(
        'syslog',
        'syslog-unknown-facility',
        `"${syslog}" is not a facility of syslog`,
        'write LOG_MAIL, LOG_USER or LOG_LOCAL0 to LOG_LOCAL7',
      )

const timeFormatWithoutLog: SettingsRule = ({ logFile, logFileTimeFormat }) =>
  logFileTimeFormat !== null && logFile === null
    ? warning('logFileTimeFormat', 'time-format-unused', 'a time format is given, but no log file', 'remove it', {
        logFileTimeFormat: null,
      })
    : null

export const SENDER_RULES: readonly SettingsRule[] = [
  fromAddress,
  fromNameWithoutFrom,
  notifyGrammar,
  bccAndUndisclosed,
  syslogFacility,
  timeFormatWithoutLog,
]
