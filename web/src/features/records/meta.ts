import { useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { FieldMeta, Meta, StageMeta, TypeMeta } from '@/api/types';

const none: TypeMeta[] = [];

/** Record types with their fields and stages, as this person may see them. */
export function useMeta() {
  return useQuery<Meta>({
    queryKey: keys.meta,
    queryFn: () => body(client.GET('/api/meta')),
    staleTime: 300_000,
  });
}

export function useTypes(): TypeMeta[] {
  return useMeta().data?.record_types ?? none;
}

export function useType(key: string): TypeMeta | undefined {
  return useTypes().find((type) => type.key === key);
}

export function fieldOf(type: TypeMeta | undefined, key: string): FieldMeta | undefined {
  return type?.fields.find((field) => field.key === key);
}

export function stageOf(type: TypeMeta | undefined, key: string | null | undefined): StageMeta | undefined {
  return type?.stages.find((stage) => stage.key === key);
}

/** The money field that stands for a record's worth, if its type has one. */
export function amountField(type: TypeMeta | undefined): FieldMeta | undefined {
  return type?.amount_field ? fieldOf(type, type.amount_field) : undefined;
}
