import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { ChannelBoard, NewNorm, NewSpend } from '@/api/types';
import { currentLanguage } from '@/ui/i18n';

export type Span = { from?: string; to?: string };
export type Drill = Span & { figure: string; channel?: string };
export type BoardRow = ChannelBoard['channels'][number];

const board = ['channels'] as const;
const afresh = 30_000;

/** What each channel brought and what became of it; asked for again while it is open. */
export function useChannelBoard(span: Span) {
  return useQuery({
    queryKey: [...board, 'board', span],
    queryFn: () => body(client.GET('/api/channel-board', { params: { query: span } })),
    placeholderData: (before) => before,
    refetchInterval: afresh,
  });
}

/** The loss at every link of the funnel, by month. */
export function useChannelFunnel(channel?: string) {
  return useQuery({
    queryKey: [...board, 'funnel', channel],
    queryFn: () => body(client.GET('/api/channel-board/funnel', { params: { query: { channel } } })),
    placeholderData: (before) => before,
    refetchInterval: afresh,
  });
}

/** The leads behind one figure, newest first. */
export function useChannelLeads(drill: Drill) {
  return useInfiniteQuery({
    queryKey: [...board, 'leads', drill],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/channel-board/leads', { params: { query: { ...drill, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

export function useSpend() {
  return useQuery({ queryKey: [...board, 'spend'], queryFn: () => body(client.GET('/api/channel-spend')) });
}

/** Enters what a channel cost, or withdraws an entry; every figure is asked for again. */
export function useChangeSpend() {
  const cache = useQueryClient();
  const onSuccess = () => {
    void cache.invalidateQueries({ queryKey: board });
  };
  const enter = useMutation({ mutationFn: (spend: NewSpend) => body(client.POST('/api/channel-spend', { body: spend })), onSuccess });
  const withdraw = useMutation({
    mutationFn: (id: number) => body(client.DELETE('/api/channel-spend/{spend_id}', { params: { path: { spend_id: id } } })),
    onSuccess,
  });
  return { enter, withdraw };
}

/** Which shares are normal at each link, with every version. */
export function useNorms() {
  return useQuery({ queryKey: [...board, 'norms'], queryFn: () => body(client.GET('/api/channel-board/norms')) });
}

export function useSetNorm(link: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (norm: NewNorm) => body(client.PUT('/api/channel-board/norms/{link}', { params: { path: { link } }, body: norm })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: board });
    },
  });
}

/** A share in whole per cent, one decimal below ten; a dash where there is no whole. */
export function share(part: number, whole: number): string {
  if (!whole) return '–';
  const value = (part / whole) * 100;
  return `${value.toFixed(value > 0 && value < 10 ? 1 : 0)}%`;
}

/** A currency by its name in the reader's language. */
export function currencyName(key: string): string {
  return new Intl.DisplayNames([currentLanguage()], { type: 'currency' }).of(key) ?? key;
}

/** The last day of a month that is named by its first. */
export function monthEnd(first: string): string {
  const [year = 0, month = 1] = first.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
