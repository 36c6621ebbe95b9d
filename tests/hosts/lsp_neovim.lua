-- Neovim's own LSP client with galley: diagnostics appear, follow what is typed, and a code action mends the text.
--
-- usage: GALLEY=/path/to/galley nvim --headless -u NONE -i NONE -c 'luafile lsp_neovim.lua'

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function wait_for(what, condition)
  if not vim.wait(60000, condition, 5) then
    fail('waited in vain for: ' .. what)
  end
end

vim.api.nvim_buf_set_name(0, vim.fn.tempname() .. '.txt')
vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'A 😀 story.', '', 'They went tosupport her.' })

local client = vim.lsp.start_client({ name = 'galley', cmd = { vim.env.GALLEY, 'lsp' }, root_dir = vim.fn.getcwd() })
if not client then
  fail('the server does not start')
end
vim.lsp.buf_attach_client(0, client)

local function diagnostics()
  return vim.diagnostic.get(0)
end

wait_for('one diagnostic', function() return #diagnostics() == 1 end)
local first = diagnostics()[1]
if first.code ~= 'spelling' or first.source ~= 'galley' or first.lnum ~= 2 or first.col ~= 10 or first.end_col ~= 19 then
  fail('another diagnostic: ' .. vim.inspect(first))
end

-- Typing moves it, byte for byte behind a character of four bytes.
vim.api.nvim_buf_set_text(0, 0, 2, 0, 6, { '😀😀 on thursday' })
wait_for('two diagnostics', function() return #diagnostics() == 2 end)
if diagnostics()[1].col ~= 14 then
  fail('at the wrong place: ' .. vim.inspect(diagnostics()))
end

-- Everything that is safe to mend, with the server's own edit.
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 0 } },
  context = { diagnostics = {}, only = { 'source.fixAll' } },
}, 60000)
local actions = answers and answers[client] and answers[client].result or {}
if #actions ~= 1 then
  fail('actions: ' .. vim.inspect(answers))
end
vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
if text ~= 'A 😀😀 on Thursday story.\n\nThey went to support her.' then
  fail('mended to: ' .. text)
end
wait_for('no diagnostic', function() return #diagnostics() == 0 end)

vim.lsp.stop_client(client)
wait_for('the end of the server', function() return vim.lsp.client_is_stopped(client) end)
print('Neovim: diagnostics, edits and code actions work\n')
vim.cmd('qall!')
