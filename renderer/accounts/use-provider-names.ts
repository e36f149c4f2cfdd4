import { useQuery } from '@tanstack/react-query'

type NameOf = (providerId: string | null) => string | null

const UNKNOWN: NameOf = () => null

/** The names of providers, which are fetched when the first list needs them: the presets are no part of the first load. */
export function useProviderNames(): NameOf {
  const names = useQuery({ queryKey: ['provider names'], queryFn: readNames, staleTime: Infinity })
  return names.data ?? UNKNOWN
}

async function readNames(): Promise<NameOf> {
  const { presetById } = await import('#shared/account/find-preset.ts')
  return providerId => (providerId === null ? null : (presetById(providerId)?.name ?? null))
}
