import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { useRested } from '@/ui/rested';

export type Asked = { name?: string; company?: string; phone?: string; email?: string; credit_code?: string };

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim().length > 1 ? value.trim() : undefined;
}

/** What of a form is compared with what exists. */
export function askedOf(type: string, titleField: string, values: Record<string, unknown>): Asked {
  return {
    name: text(values[titleField]),
    company: type === 'lead' ? text(values['company']) : undefined,
    phone: text(values['phone']),
    email: text(values['email']),
    credit_code: text(values['credit_code']),
  };
}

/** Records that may be the same company or person as what is being typed. */
export function useDuplicates(type: string, titleField: string, values: Record<string, unknown>) {
  const checked = type === 'customer' || type === 'contact' || type === 'lead';
  const rested = useRested(JSON.stringify(askedOf(type, titleField, values)), 350);
  const asked = JSON.parse(rested) as Asked;
  return useQuery({
    queryKey: ['duplicates', type, rested],
    enabled: checked && Object.values(asked).some(Boolean),
    queryFn: () =>
      body(client.GET('/api/duplicates/{record_type}', { params: { path: { record_type: type }, query: asked } })),
    placeholderData: keepPreviousData,
  });
}
