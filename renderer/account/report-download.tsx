import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { printJson } from '#shared/escape.ts'
import type { Report } from '#shared/report/report.ts'
import { Section } from '../shell/page.tsx'
import { fileNameOf, saveFile } from '../shell/save-file.ts'

type ReportDownloadProps = { readonly report: Report }

/** The run to hand to somebody else. A report holds no secret by construction. */
export function ReportDownload({ report }: ReportDownloadProps) {
  const name = `${fileNameOf(report.account.name)}-${report.startedAt.slice(0, 10)}`
  return (
    <Section
      title="Report"
      note="The whole run for somebody else to read: settings, findings and transcript, without any password."
    >
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => saveFile(`${name}.json`, 'application/json', printJson(report, 2))}
        >
          Save as JSON
        </Button>
      </Group>
    </Section>
  )
}
