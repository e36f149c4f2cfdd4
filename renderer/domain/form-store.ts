import { createStore } from '../shell/store.ts'
import { EMPTY_FORM, type LookForm } from './look-input.ts'

/** What was typed survives looking at another page. */
export const lookForm = createStore<LookForm, Partial<LookForm>>((form, change) => ({ ...form, ...change }), EMPTY_FORM)
