/** The ways to sign in that a person chooses between. */
export type SignInChoice = 'password' | 'oauth2' | 'certificate' | 'none'

/** The sign-in method that a choice stands for; a method of the same kind that was chosen before stays. */
export function signInFor(choice: SignInChoice, current: string | boolean): string {
  const now = String(current)
  switch (choice) {
    case 'none':
      return 'none'
    case 'certificate':
      return 'external'
    case 'oauth2':
      return now === 'oauthbearer' ? now : 'xoauth2'
    case 'password':
      return ['none', 'external', 'xoauth2', 'oauthbearer'].includes(now) ? 'auto' : now
  }
}
