/**
 * `loopscope chat`: what it takes.
 * @module
 */

import type { ChatOptions } from '../../terminal/chat.js';
import type { Door, Known } from '../door.js';
import { examples } from '../help-layout.js';

export function declareChat({ program, say, language }: Door): void {
  program
    .command('chat')
    .description(say('chat'))
    .argument('[url]', say('chat.url'), 'ws://127.0.0.1:8080')
    .option('--name <name>', say('chat.name'))
    .addHelpText('after', examples(say('chat.examples')))
    .action(async (url, options) => {
      const { chat } = await import('../../terminal/chat.js');
      await chat(url, options satisfies Known<ChatOptions, typeof options>, language);
    });
}
