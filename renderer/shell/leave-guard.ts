import { useEffect } from 'react'
import { settingsDrafts } from '../account/settings-draft.ts'
import { openFile } from '../config-files/open-file.ts'

/** Asks before the window or the browser tab is closed or loaded anew over what was typed and not saved: settings, a configuration file. */
export function useLeaveGuard(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (Object.keys(settingsDrafts.get()).length > 0 || openFile.get()?.changed) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}
