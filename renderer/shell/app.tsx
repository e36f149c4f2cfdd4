import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { AccountsPage } from '../accounts/accounts-page.tsx'
import { runAccount } from '../account/run-account.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import type { PaletteAction } from '../palette/entries.ts'
import styles from './app.module.css'
import { Announcer } from './announcer.tsx'
import { Banners } from './banners.tsx'
import { Boundary } from './boundary.tsx'
import { useLeaveGuard } from './leave-guard.ts'
import { Loading } from './loading.tsx'
import { navigate, redirect, useRoute } from './navigation.ts'
import { parseRoute, printRoute, type Route } from './route.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { Sidebar } from './sidebar.tsx'
import { ignoreStrayDrops } from './stray-drops.ts'

const AddAccountPage = lazy(async () => ({
  default: (await import('../add-account/add-account-page.tsx')).AddAccountPage,
}))
const AccountPage = lazy(async () => ({ default: (await import('../account/account-page.tsx')).AccountPage }))
const ConfigFilesPage = lazy(async () => ({
  default: (await import('../config-files/config-files-page.tsx')).ConfigFilesPage,
}))
const DomainPage = lazy(async () => ({ default: (await import('../domain/domain-page.tsx')).DomainPage }))
const PracticePage = lazy(async () => ({ default: (await import('../practice/practice-page.tsx')).PracticePage }))
const SettingsPage = lazy(async () => ({ default: (await import('../settings/settings-page.tsx')).SettingsPage }))
const ServerInfoPage = lazy(async () => ({
  default: (await import('../server-info/server-info-page.tsx')).ServerInfoPage,
}))
const TroubleshootPage = lazy(async () => ({
  default: (await import('../troubleshoot/troubleshoot-page.tsx')).TroubleshootPage,
}))
const ConsolePage = lazy(async () => ({ default: (await import('../console/console-page.tsx')).ConsolePage }))
const loadPalette = async () => ({ default: (await import('../palette/palette.tsx')).Palette })
const Palette = lazy(loadPalette)

/** The window: sidebar on the left, one page on the right. */
export function App() {
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  const [paletteOpen, setPaletteOpen] = useState(false)
  const accounts = useQuery(api.accounts.list.queryOptions())
  const settings = useQuery(api.settings.get.queryOptions({ staleTime: Infinity }))
  const update = useMutation(
    api.settings.update.mutationOptions({
      onSuccess: saved => queryClient.setQueryData(api.settings.get.queryKey(), saved),
    }),
  )
  useTheme(settings.data?.theme)
  useLastPage(route, settings.data?.lastPage, lastPage => update.mutate({ lastPage }))
  useLeaveGuard()
  useEffect(ignoreStrayDrops, [])
  useEffect(() => listenForShortcuts(() => setPaletteOpen(open => !open)), [])
  // Whoever presses Ctrl+K types on at once: what is typed while the palette is loaded would be lost.
  useEffect(() => {
    const soon = setTimeout(() => void loadPalette(), 300)
    return () => clearTimeout(soon)
  }, [])

  const choose = (action: PaletteAction) => {
    switch (action.kind) {
      case 'go':
        return navigate(action.to)
      case 'theme':
        return update.mutate({ theme: action.theme })
      case 'test':
        navigate({ page: 'account', id: action.id, tab: 'path' })
        return void runAccount({ id: action.id, purpose: 'test' })
    }
  }

  const place = route.page === 'account' ? `account/${route.id}` : route.page
  const shownPlace = useRef(place)
  useEffect(() => {
    if (shownPlace.current === place) return
    shownPlace.current = place
    main.current?.focus({ preventScroll: true })
    main.current?.scrollTo({ top: 0 })
  }, [place])

  return (
    <div className={styles.window}>
      <a
        className={styles.skip}
        href="#main"
        onClick={event => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        Skip to the page
      </a>
      <Sidebar
        route={route}
        accounts={accounts.data ?? []}
        width={settings.data?.sidebarWidth ?? 220}
        onWidth={sidebarWidth => update.mutate({ sidebarWidth })}
        onSearch={() => setPaletteOpen(true)}
      />
      <div className={styles.right}>
        <Banners />
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <Boundary key={place}>
            <Suspense fallback={<Opening />}>
              <CurrentPage route={route} />
            </Suspense>
          </Boundary>
        </main>
      </div>
      {paletteOpen && (
        <Suspense fallback={null}>
          <Palette accounts={accounts.data ?? []} onClose={() => setPaletteOpen(false)} onChoose={choose} />
        </Suspense>
      )}
      <Announcer />
    </div>
  )
}

function CurrentPage({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'accounts':
      return <AccountsPage />
    case 'add':
      return <AddAccountPage />
    case 'account':
      return <AccountPage key={route.id} id={route.id} tab={route.tab} />
    case 'config-files':
      return <ConfigFilesPage tab={route.tab} />
    case 'domain':
      return <DomainPage tab={route.tab} />
    case 'troubleshoot':
      return <TroubleshootPage />
    case 'server-info':
      return <ServerInfoPage />
    case 'console':
      return <ConsolePage />
    case 'practice':
      return <PracticePage />
    case 'settings':
      return <SettingsPage />
  }
}

function Opening() {
  return (
    <div className={styles.opening}>
      <Loading doing="Opening the page" />
    </div>
  )
}

function useTheme(theme: 'system' | 'light' | 'dark' | undefined): void {
  // Without `keepTransitions` the library writes a style element, which the policy forbids.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const shown = useComputedColorScheme('light')
  const apply = useEffectEvent(setColorScheme)
  useEffect(() => {
    if (theme) apply(theme === 'system' ? 'auto' : theme)
  }, [theme])
  useEffect(() => {
    document.documentElement.style.colorScheme = shown
  }, [shown])
}

/** Opens where the person was last, unless the address names a page, and remembers each page. */
function useLastPage(route: Route, lastPage: string | null | undefined, remember: (page: string) => void): void {
  const here = printRoute(route)
  const settled = useRef(false)
  useEffect(() => {
    if (lastPage === undefined) return
    if (!settled.current) {
      settled.current = true
      if (window.location.hash === '' && lastPage !== null) return redirect(parseRoute(lastPage))
    }
    if (lastPage !== here) remember(here)
    // eslint-disable-next-line react/exhaustive-deps -- only a change of place is worth remembering
  }, [here, lastPage === undefined])
}
