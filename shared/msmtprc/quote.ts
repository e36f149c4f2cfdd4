import { isBlank } from '#shared/msmtprc/words.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** msmtp's own limit: 499 bytes and a line feed. */
export const MAX_LINE_BYTES = 499

/**
 * The argument as it must stand in the file, so that msmtp reads exactly this value. msmtp knows no escapes: a value
 * with blanks at an end, or with a double quote at both ends, gets one more pair of quotes around it; all else stands
 * as it is. The error says why a value cannot be written at all.
 */
export function quoteArgument(value: string): Result<string, string> {
  if (/[\n\0]/.test(value)) return err('holds a line break or a NUL, which a line of an msmtprc cannot hold')
  // The carriage return before the line end would be taken for a part of it.
  const needsQuotes =
    isBlank(value[0]) ||
    isBlank(value.at(-1)) ||
    value.endsWith('\r') ||
    (value.length >= 2 && value.startsWith('"') && value.endsWith('"'))
  return ok(needsQuotes ? `"${value}"` : value)
}
