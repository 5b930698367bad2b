import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Architecture, Runtime } from "@aws-sdk/client-lambda";
import { keyOf } from "../api/hooks.ts";
import { problemOf, type Problem } from "../api/problem.ts";
import { useFlash } from "../app/flash.tsx";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { uploadZip, zipProblem, type Upload } from "../functions/upload/upload-zip.ts";
import { cliCommand, EquivalentCli } from "../shared/equivalent-cli.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { ProblemDetails } from "../shared/problem-panel.tsx";
import { problemsOf, type LayerFacts } from "./layer-facts.ts";
import { LayerFields } from "./layer-fields.tsx";

/** Makes a layer, or another version of one (`?name=`). */
export function CreateLayerPage() {
  const [search] = useSearchParams();
  const existing = search.get("name") ?? undefined;
  const title = existing === undefined ? "Create layer" : "Create version";
  usePage({
    title,
    help: "layers",
    contentType: "form",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Layers", href: paths.layers },
      ...(existing === undefined ? [] : [{ text: existing, href: paths.layer(existing) }]),
      { text: title, href: paths.createLayer },
    ],
  });
  const [facts, setFacts] = useState<LayerFacts>({ name: existing ?? "", description: "", runtimes: [], architectures: [], license: "" });
  const [file, setFile] = useState<File>();
  const [isShown, setShown] = useState(false);
  const creation = useCreation();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const problems = { ...problemsOf(facts), file: zipProblem(file) };
  const submit = (): void => {
    setShown(true);
    if (file !== undefined && Object.values(problems).every((problem) => problem === undefined)) void creation.create(facts, file);
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <form
      ref={form}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Form
        header={
          <Header variant="h1" info={<InfoLink topic="layers" about="layers" />}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              key="cancel"
              variant="link"
              formAction="none"
              onClick={() => (creation.progress === undefined ? void navigate(-1) : creation.cancel())}
            >
              Cancel
            </Button>
            <Button key="create" variant="primary" loading={creation.progress !== undefined}>
              {existing === undefined ? "Create" : "Create version"}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <Container
            key="fields"
            header={<Header variant="h2">Layer configuration</Header>}
            footer={<EquivalentCli commands={[commandOf(facts, file)]} />}
          >
            <LayerFields
              facts={facts}
              isNameFixed={existing !== undefined}
              file={file}
              problems={isShown ? problems : {}}
              onChange={(change) => setFacts((now) => ({ ...now, ...change }))}
              onFile={setFile}
            />
          </Container>
          {creation.progress !== undefined && (
            <ProgressBar
              key="progress"
              value={Math.round(creation.progress * 100)}
              label={`Uploading ${file?.name ?? ""}`}
              description={creation.progress < 1 ? "" : "The server is unpacking it"}
            />
          )}
          {creation.problem && (
            <Alert key="problem" type="error" header="The layer was not created">
              <ProblemDetails problem={creation.problem} />
            </Alert>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}

const requestOf = ({ name, description, runtimes, architectures, license }: LayerFacts) => ({
  LayerName: name,
  ...(description !== "" && { Description: description }),
  ...(runtimes.length > 0 && { CompatibleRuntimes: [...runtimes] as Runtime[] }),
  ...(architectures.length > 0 && { CompatibleArchitectures: [...architectures] as Architecture[] }),
  ...(license !== "" && { LicenseInfo: license }),
});

const commandOf = (facts: LayerFacts, file: File | undefined): string =>
  cliCommand("lambda", "publish-layer-version", {
    "layer-name": facts.name || "NAME",
    description: facts.description || undefined,
    "license-info": facts.license || undefined,
    "compatible-runtimes": facts.runtimes.length > 0 ? facts.runtimes : undefined,
    "compatible-architectures": facts.architectures.length > 0 ? facts.architectures : undefined,
    "zip-file": `fileb://${file?.name ?? "layer.zip"}`,
  });

interface Creation {
  /** Of the upload, from 0 to 1; undefined: none is under way. */
  readonly progress: number | undefined;
  readonly problem: Problem | undefined;
  readonly create: (facts: LayerFacts, file: File) => Promise<void>;
  readonly cancel: () => void;
}

function useCreation(): Creation {
  const [progress, setProgress] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const running = useRef<Upload>(undefined);
  const cache = useQueryClient();
  const flash = useFlash();
  const navigate = useNavigate();
  useEffect(() => () => running.current?.cancel(), []);
  const create = async (facts: LayerFacts, file: File): Promise<void> => {
    if (progress !== undefined) return;
    setProgress(0);
    setProblem(undefined);
    running.current = uploadZip({ kind: "layer", layer: requestOf(facts) }, file, setProgress);
    try {
      const version = await running.current.done;
      await Promise.all(
        ["ListLayers", "ListLayerVersions"].map((operation) => cache.invalidateQueries({ queryKey: keyOf("lambda", operation) })),
      );
      flash.success("layer", `Created version ${version} of the layer ${facts.name}. Add it to a function on the function's Code tab.`);
      void navigate(paths.layer(facts.name, version));
    } catch (error) {
      if ((error as Error).name !== "AbortError") setProblem(problemOf(error));
      setProgress(undefined);
    }
  };
  return { progress, problem, create, cancel: () => running.current?.cancel() };
}
