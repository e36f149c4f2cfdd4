import { useEffect } from 'react'
import { settingsDrafts } from '../account/settings-draft.ts'

/** Asks before a window is closed or loaded anew over settings that were typed and not saved. */
export function useLeaveGuard(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (Object.keys(settingsDrafts.get()).length > 0) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}
