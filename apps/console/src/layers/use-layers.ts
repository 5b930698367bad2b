import type { LayersListItem, LayerVersionsListItem } from "@aws-sdk/client-lambda";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";

/** The account's layers, each with its newest version. */
export const useLayers = (enabled = true): UseQueryResult<LayersListItem[]> =>
  useAwsAll("lambda", "ListLayers", {}, paging.ListLayers, { enabled });

/** A layer's versions, the newest first. */
export const useLayerVersions = (layerName: string | undefined): UseQueryResult<LayerVersionsListItem[]> =>
  useAwsAll("lambda", "ListLayerVersions", layerName === undefined ? undefined : { LayerName: layerName }, paging.ListLayerVersions);
