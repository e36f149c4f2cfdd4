import { createStore } from '../shell/store.ts'
import { reduceWizard, START, type WizardAction, type WizardState } from './wizard-state.ts'

/** Looking at another page, even at another account, loses nothing that was typed here. */
export const wizard = createStore<WizardState, WizardAction>(reduceWizard, START)
