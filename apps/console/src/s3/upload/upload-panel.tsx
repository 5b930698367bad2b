import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { Breakable } from "../../shared/breakable.tsx";
import { formatBytes } from "../../shared/format.ts";
import type { OfBucket } from "../bucket.ts";
import { cancelUpload, clearUploads, isUnderWay, retryUpload, type Upload } from "./uploads.ts";

const pageSize = 10;

/** What is uploaded to a bucket: each file, and how far all are. */
export function UploadPanel({ bucket, uploads }: OfBucket & { readonly uploads: readonly Upload[] }) {
  const [page, setPage] = useState(1);
  const pages = Math.ceil(uploads.length / pageSize);
  const now = Math.min(page, pages);
  const left = uploads.filter(isUnderWay);
  const again = uploads.filter(({ state }) => state === "failed" || state === "cancelled");
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${uploads.length})`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {again.length > 0 && (
                <Button key="retry" onClick={() => again.forEach(({ id }) => retryUpload(id))}>
                  Retry all
                </Button>
              )}
              {left.length > 0 ? (
                <Button key="cancel" onClick={() => left.forEach(({ id }) => cancelUpload(id))}>
                  Cancel all
                </Button>
              ) : (
                <Button key="close" onClick={() => clearUploads(bucket)}>
                  Close
                </Button>
              )}
            </SpaceBetween>
          }
        >
          Uploads
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Total key="total" uploads={uploads} />
        <Table<Upload>
          key="files"
          variant="embedded"
          contentDensity="compact"
          wrapLines
          ariaLabels={{ tableLabel: "Uploads" }}
          items={uploads.slice((now - 1) * pageSize, now * pageSize)}
          trackBy={({ id }) => String(id)}
          pagination={
            pages > 1 && (
              <Pagination currentPageIndex={now} pagesCount={pages} onChange={({ detail }) => setPage(detail.currentPageIndex)} />
            )
          }
          columnDefinitions={[
            { id: "key", header: "Key", isRowHeader: true, minWidth: 160, cell: ({ key }) => <Breakable text={key} /> },
            { id: "size", header: "Size", minWidth: 100, cell: ({ file }) => formatBytes(file.size) },
            { id: "state", header: "Status", minWidth: 200, cell: (upload) => <State upload={upload} /> },
            { id: "actions", header: "Actions", cell: (upload) => <Actions upload={upload} /> },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function Total({ uploads }: { readonly uploads: readonly Upload[] }) {
  const bytes = uploads.reduce((sum, { file }) => sum + file.size, 0);
  const sent = uploads.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  const count = (state: Upload["state"]): number => uploads.filter((upload) => upload.state === state).length;
  const [done, failed, cancelled] = [count("done"), count("failed"), count("cancelled")];
  const isOver = !uploads.some(isUnderWay);
  const text = [
    `${done} of ${uploads.length} files, ${formatBytes(sent)} of ${formatBytes(bytes)}`,
    failed > 0 ? `${failed} failed` : "",
    cancelled > 0 ? `${cancelled} cancelled` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
  if (isOver)
    return (
      <StatusIndicator type={failed > 0 ? "error" : cancelled > 0 ? "stopped" : "success"}>
        {failed + cancelled > 0 ? "Not all was uploaded" : "All was uploaded"}: {text}
      </StatusIndicator>
    );
  return <ProgressBar ariaLabel="All uploads" value={bytes === 0 ? 0 : Math.round((sent / bytes) * 100)} additionalInfo={text} />;
}

function State({ upload: { key, file, state, sentBytes, problem } }: { readonly upload: Upload }) {
  if (state === "waiting") return <StatusIndicator type="pending">Waiting</StatusIndicator>;
  if (state === "cancelled") return <StatusIndicator type="stopped">Cancelled</StatusIndicator>;
  if (state === "done") return <StatusIndicator type="success">Uploaded</StatusIndicator>;
  if (state === "uploading")
    return <ProgressBar ariaLabel={`Upload of ${key}`} value={file.size === 0 ? 0 : Math.round((sentBytes / file.size) * 100)} />;
  return (
    <StatusIndicator type="error">
      <Box variant="code">{problem?.code ?? "Error"}</Box> {problem?.message}
    </StatusIndicator>
  );
}

function Actions({ upload }: { readonly upload: Upload }) {
  if (upload.state === "done") return "-";
  const [action, run] = isUnderWay(upload) ? (["Cancel", cancelUpload] as const) : (["Retry", retryUpload] as const);
  return (
    <Button variant="inline-link" ariaLabel={`${action} ${upload.key}`} onClick={() => run(upload.id)}>
      {action}
    </Button>
  );
}
