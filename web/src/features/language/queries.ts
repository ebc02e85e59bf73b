import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client } from '@/api/client';
import type { LanguageSetupBody } from '@/api/types';

const key = ['language'];

export function useLanguage() {
  return useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/language')) });
}

export function useQuestions() {
  return useQuery({ queryKey: [...key, 'questions'], queryFn: () => body(client.GET('/api/language/questions')) });
}

export function useChangeLanguage() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Partial<LanguageSetupBody>) => body(client.PATCH('/api/language', { body: change<LanguageSetupBody>(wanted) })),
    onSettled: () => void cache.invalidateQueries({ queryKey: key }),
  });
}

export function useTryLanguage() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.POST('/api/language/try')),
    onSettled: () => void cache.invalidateQueries({ queryKey: key }),
  });
}
