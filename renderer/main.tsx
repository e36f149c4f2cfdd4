import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/queries.ts'
import { App } from './shell/app.tsx'
import './shell/mantine-styles.ts'
import './shell/no-eval.ts'
import { theme } from './shell/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
    <QueryClientProvider client={queryClient}>
      <App />
      <Notifications position="bottom-center" limit={4} />
    </QueryClientProvider>
  </MantineProvider>,
)
