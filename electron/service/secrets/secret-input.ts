import type { SecretInput } from '#shared/contract/run.ts'

/**
 * The secret that came in with a call, as it is to be kept; null where none came. Of an IAM secret key only the SMTP
 * password derived from it goes on.
 */
export async function secretValue(input: SecretInput): Promise<string | null> {
  switch (input.kind) {
    case 'keep':
    case 'forget':
      return null
    case 'set':
      return input.value
    case 'derive-ses': {
      const { sesSmtpPassword } = await import('#engine/discover/ses-password.ts')
      return sesSmtpPassword(input.secretKey, input.region)
    }
  }
}
