import { useState, type DragEvent, type ReactNode } from "react";
import { filesOfDrop, type ChosenFile } from "./dropped-files.ts";
import "../s3.css";

interface DropZoneProps {
  /** Shown while something is held over it. */
  readonly hint: string;
  readonly onFiles: (files: readonly ChosenFile[]) => void;
  readonly children: ReactNode;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes("Files");

/** Takes files and folders that are dropped on it. */
export function DropZone({ hint, onFiles, children }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  return (
    <div
      className={isOver ? "drop-zone drop-zone-over" : "drop-zone"}
      data-hint={hint}
      data-testid="drop-zone"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void filesOfDrop(event.dataTransfer).then(onFiles);
      }}
    >
      {children}
    </div>
  );
}
