import { type AccountChange, AccountSettings } from '#shared/account/account.ts'
import { presetById } from '#shared/account/find-preset.ts'
import { hostOf, settingsFromPreset, suggestAccountName } from '#shared/account/settings-from-preset.ts'
import type { Preset } from '#shared/account/preset.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { Candidate, ConfigureResult } from '#shared/contract/discover.ts'
import type { TypedField } from '../form/field-kind.ts'
import { absorbHost, inputOf, readInput, type SettingsInput } from '../form/settings-input.ts'
import { type SignInChoice, signInFor } from './sign-in-choice.ts'

export const WIZARD_STEPS = ['where', 'details', 'sign-in', 'test', 'done'] as const
export type WizardStep = (typeof WIZARD_STEPS)[number]

/** Everything that was typed so far. Walking back changes `step` and nothing else. */
export type WizardState = {
  readonly step: WizardStep
  /** The furthest step that was reached: those up to it can be gone to. */
  readonly reached: WizardStep
  readonly address: string
  /** Whether the autoconfiguration service may be asked too: it learns the domain. */
  readonly onlineLookup: boolean
  readonly found: ConfigureResult | null
  readonly base: AccountSettings
  readonly input: SettingsInput
  readonly region: string | null
  readonly name: string
  /** Until a name is typed, one is suggested. */
  readonly nameTyped: boolean
  readonly hostNotes: readonly string[]
  readonly signIn: SignInChoice
  readonly secret: string
  /** Amazon SES: `secret` is an IAM secret key, to derive the password from. */
  readonly deriving: boolean
  /** Once stored, or made by the practice server. */
  readonly created: AccountView | null
}

export type WizardAction =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'online-lookup'; readonly on: boolean }
  | { readonly kind: 'found'; readonly result: ConfigureResult | null }
  | { readonly kind: 'provider'; readonly presetId: string; readonly region?: string | null }
  | { readonly kind: 'region'; readonly region: string }
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  | { readonly kind: 'by-hand' }
  | { readonly kind: 'stored'; readonly view: AccountView; readonly step: WizardStep }
  | { readonly kind: 'typed'; readonly field: TypedField; readonly value: string | boolean }
  | { readonly kind: 'host-left' }
  | { readonly kind: 'change'; readonly change: AccountChange }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'sign-in'; readonly choice: SignInChoice }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'deriving'; readonly deriving: boolean }
  | { readonly kind: 'go'; readonly step: WizardStep }
  | { readonly kind: 'restart' }

const EMPTY = AccountSettings.parse({})

export const START: WizardState = {
  step: 'where',
  reached: 'where',
  address: '',
  onlineLookup: false,
  found: null,
  base: EMPTY,
  input: inputOf(EMPTY),
  region: null,
  name: '',
  nameTyped: false,
  hostNotes: [],
  signIn: 'password',
  secret: '',
  deriving: false,
  created: null,
}

export function reduceWizard(state: WizardState, action: WizardAction): WizardState {
  switch (action.kind) {
    case 'address':
      // Once there are settings, their sender is this address.
      return state.reached === 'where' ? { ...state, address: action.address } : type(state, 'from', action.address)
    case 'online-lookup':
      return { ...state, onlineLookup: action.on }
    case 'found':
      return { ...state, found: action.result }
    case 'provider':
      return chooseProvider(state, action.presetId, action.region ?? null)
    case 'region':
      return chooseRegion(state, action.region)
    case 'candidate':
      return chooseCandidate(state, action.candidate)
    case 'by-hand':
      return state.base.provider === null && state.reached !== 'where'
        ? go(state, 'details')
        : begin(state, { ...EMPTY, security: 'starttls', from: senderOf(state) }, null)
    case 'stored':
      return stored(state, action.view, action.step)
    case 'typed':
      return type(state, action.field, action.value)
    case 'host-left':
      return leaveHost(state)
    case 'change':
      return { ...state, input: inputOf({ ...wizardSettings(state), ...action.change }) }
    case 'name':
      return { ...state, name: action.name, nameTyped: action.name !== '' }
    case 'sign-in':
      return {
        ...state,
        signIn: action.choice,
        input: { ...state.input, auth: signInFor(action.choice, state.input.auth) },
      }
    case 'secret':
      return { ...state, secret: action.secret }
    case 'deriving':
      return { ...state, deriving: action.deriving, secret: '' }
    case 'go':
      return go(state, action.step)
    case 'restart':
      return START
  }
}

/** The settings as typed, with the last usable value where a field cannot be read. */
export function wizardSettings(state: WizardState): AccountSettings {
  const { settings } = readInput(state.input, state.base)
  switch (state.signIn) {
    case 'none':
      return { ...settings, auth: 'none', user: null, secret: { kind: 'none' } }
    case 'certificate':
      return { ...settings, auth: 'external', secret: { kind: 'none' } }
    case 'password':
    case 'oauth2':
      return { ...settings, secret: settings.secret.kind === 'none' ? { kind: 'prompt' } : settings.secret }
  }
}

function chooseProvider(state: WizardState, presetId: string, region: string | null): WizardState {
  const preset = presetById(presetId)
  if (!preset) return state
  // The same card again: what was typed for it stays.
  if (state.base.provider === presetId && state.region === region && state.reached !== 'where')
    return go(state, 'details')
  const typedUser = state.base.provider === presetId ? String(state.input.user) || null : null
  const settings = settingsFromPreset(preset, {
    region,
    address: senderOf(state),
    user: typedUser,
    fromName: String(state.input.fromName) || null,
  })
  return begin(state, settings, region ?? preset.hosts[0]?.region ?? null)
}

/** Another region is another host; whatever else was typed stays. */
function chooseRegion(state: WizardState, region: string): WizardState {
  const preset = state.base.provider === null ? null : presetById(state.base.provider)
  if (!preset) return state
  const { host } = hostOf(preset, region)
  return { ...state, region, base: { ...state.base, host }, input: { ...state.input, host } }
}

function chooseCandidate(state: WizardState, candidate: Candidate): WizardState {
  const preset = candidate.preset === null ? null : presetById(candidate.preset)
  const from = senderOf(state)
  const settings = preset ? settingsFromPreset(preset, { address: from }) : { ...EMPTY, from }
  const { host, port, security, user } = candidate
  const region = preset?.hosts.find(one => one.host === host)?.region ?? null
  return begin(state, { ...settings, host, port, security, user: user ?? settings.user }, region)
}

function begin(state: WizardState, settings: AccountSettings, region: string | null): WizardState {
  const preset = settings.provider === null ? null : presetById(settings.provider)
  const signIn: SignInChoice =
    settings.auth === 'none' ? 'none' : preset?.secret.kind === 'oauth2' ? 'oauth2' : 'password'
  return {
    ...state,
    base: settings,
    input: inputOf(settings),
    region,
    name: state.nameTyped ? state.name : suggestAccountName(preset, senderOf(state)),
    hostNotes: [],
    signIn,
    deriving: false,
    step: 'details',
    reached: 'details',
    created: null,
  }
}

function stored(state: WizardState, view: AccountView, step: WizardStep): WizardState {
  const { account } = view
  return {
    ...go(state, step),
    base: account,
    input: inputOf(account),
    name: account.name,
    nameTyped: true,
    signIn: account.auth === 'none' ? 'none' : account.auth === 'external' ? 'certificate' : state.signIn,
    // It is with the engine now; the page has no more use for it.
    secret: '',
    created: view,
  }
}

/** A user name and an account name that follow from the sender address keep following it until they are typed. */
function type(state: WizardState, field: TypedField, value: string | boolean): WizardState {
  const input = { ...state.input, [field]: value }
  if (field !== 'from') return { ...state, input }
  const preset = state.base.provider === null ? null : presetById(state.base.provider)
  const before = followingUser(preset, String(state.input.from))
  const follows = preset !== null && (input.user === '' || input.user === before)
  const address = String(value).trim() || null
  return {
    ...state,
    address: String(value),
    input: follows ? { ...input, user: followingUser(preset, String(value)) } : input,
    name: state.nameTyped ? state.name : suggestAccountName(preset, address),
  }
}

function followingUser(preset: Preset | null, from: string): string {
  return preset ? (settingsFromPreset(preset, { address: from }).user ?? '') : ''
}

/** What was pasted into the host field is split into the fields that it names; its password goes to its own. */
function leaveHost(state: WizardState): WizardState {
  const absorbed = absorbHost(state.input, String(state.input.host))
  if (!absorbed) return { ...state, hostNotes: [] }
  const { input, password, notes } = absorbed
  return { ...state, input, hostNotes: notes, secret: password ?? state.secret }
}

function senderOf(state: WizardState): string | null {
  return state.address.trim() || String(state.input.from).trim() || null
}

function go(state: WizardState, step: WizardStep): WizardState {
  const further = WIZARD_STEPS.indexOf(step) > WIZARD_STEPS.indexOf(state.reached)
  return { ...state, step, reached: further ? step : state.reached }
}
