// question-1-2: right
quiz.answer(1, "b");
quiz.answer(2, "a");
// question-1-2: wrong, Take a window with -3, 5, -1, 2, and one with four negative numbers. Do both orders by hand. | Does the image get that far? Follow the shape, layer by layer.
quiz.answer(1, "a");
quiz.answer(2, "b");
// question-1-2: wrong, A convolution adds up products, and weights may have either sign. | How high are the maps now? Can windows of 2 x 2 tile them?
quiz.answer(1, "c");
quiz.answer(2, "c");
// question-1-2: wrong, How many numbers come out of a 2 x 2 window? | How large is a filter, and what does it know of the image outside its window?
quiz.answer(1, "d");
quiz.answer(2, "d");
// question-3-6: right
quiz.answer(3, "d");
quiz.answer(4, "a");
quiz.answer(5, "b");
quiz.answer(6, "c");
// question-3-6: wrong, The weights are learned after the shuffling, not before. | Follow the height: 28, 26, ... Where does the list end? | That would be a maximum. What does a convolution do with its channels? | How often is each filter used on one image?
quiz.answer(3, "a");
quiz.answer(4, "b");
quiz.answer(5, "a");
quiz.answer(6, "a");
// question-3-6: wrong, Which pixels does a 5 x 5 window see together now? | The window moves by one pixel, not by three. | How many maps does one filter make, however many channels it reads? | Which layer has a weight for each pixel, and which uses the same weights everywhere?
quiz.answer(3, "b");
quiz.answer(4, "c");
quiz.answer(5, "c");
quiz.answer(6, "b");
// question-3-6: wrong, Could you undo the permutation? Then what has been destroyed? | How many rows does a window of 3 cover, and at how many of 28 can it begin? | What sign does each of the two contributions have? | What does a window of 5 x 5 need from an image, except to fit into it?
quiz.answer(3, "c");
quiz.answer(4, "d");
quiz.answer(5, "d");
quiz.answer(6, "d");
// question-7-8: right
quiz.answer(7, "d");
quiz.answer(8, "d");
// question-7-8: wrong, A bright pixel stands at the right edge of its window and moves to the right. Into which window does it come? | That happens to bright strokes. Which number of a window wins?
quiz.answer(7, "a");
quiz.answer(8, "a");
// question-7-8: wrong, By how many pixels would the image have to move for that? | Most for whom? Which of the numbers 0.1, 0.9, 0.1, 0.9 does a maximum keep?
quiz.answer(7, "b");
quiz.answer(8, "b");
// question-7-8: wrong, In half of the places a bright pixel stays in its window. What does the maximum do then? | Which kind of pooling mixes the numbers of a window?
quiz.answer(7, "c");
quiz.answer(8, "c");
// question-9-12: right
quiz.answer(9, "d");
quiz.answer(10, "c");
quiz.answer(11, "c");
quiz.answer(12, "d");
// question-9-12: wrong, A way that reads the windows in place, without copies, is faster still. So what do the copies cost? | Gradients come back from each of them. What does a pixel that had an influence four times get? | In which order do the numbers lie in memory, and does reshape move any of them? | A maximum was taken of the numbers. A gradient asks how the loss changes.
quiz.answer(9, "a");
quiz.answer(10, "a");
quiz.answer(11, "a");
quiz.answer(12, "a");
// question-9-12: wrong, Count them: how many numbers has the matrix, and how many filters does each of them meet? | How many copies has im2col made of such a pixel, and what does col2im do with several of them? | Add up all numbers before and after. | Raise that number a little. How many outputs rise?
quiz.answer(9, "b");
quiz.answer(10, "b");
quiz.answer(11, "b");
quiz.answer(12, "b");
// question-9-12: wrong, In how many windows does a pixel from the middle of the image stand? | How many places are there for a 3 x 3 window on 4 x 4? | Does reshape look at anything but the number of elements? | It does count four times: by how much does the loss rise with it?
quiz.answer(9, "c");
quiz.answer(10, "d");
quiz.answer(11, "d");
quiz.answer(12, "c");
// question-13-15: right
quiz.answer(13, "b");
quiz.answer(14, "b");
quiz.answer(15, "a");
// question-13-15: wrong, Does this network pad? | Of these images it is a fact. Would it be so on ten thousand others? | What if all its initial weights are tiny, or the learning rate is 100?
quiz.answer(13, "a");
quiz.answer(14, "a");
quiz.answer(15, "b");
// question-13-15: wrong, What is the shape of the maps behind a smaller filter? | An interval that holds 0 does not show that the difference is 0. | It compares gradients with each other. Does it say how large they should be?
quiz.answer(13, "c");
quiz.answer(14, "c");
quiz.answer(15, "c");
// question-13-15: wrong, Which layer holds most of the parameters? | Overfitting shows in what a network reads of its training images. Is anything said of these? | Put average pooling where maximum was meant. Which of its gradients would be wrong?
quiz.answer(13, "d");
quiz.answer(14, "d");
quiz.answer(15, "d");
// question-16-17: right
quiz.answer(16, "b");
quiz.answer(17, "c");
// question-16-17: wrong, Put it on an edge that is dark above and bright below. What does each of its rows give? | What would the later layers work with if the first ones were taken away?
quiz.answer(16, "a");
quiz.answer(17, "a");
// question-16-17: wrong, What is the sum of its weights? So what does it give on an even white area? | What about the untrained network?
quiz.answer(16, "c");
quiz.answer(17, "b");
// question-16-17: wrong, It subtracts. What is on the two sides of the minus sign? | Selectivity is a number about ten kinds of images. Which other explanations fit it?
quiz.answer(16, "d");
quiz.answer(17, "d");
// question-18-20: right
quiz.answer(18, "d");
quiz.answer(19, "a");
quiz.answer(20, "c");
// question-18-20: wrong, What is subsampling in the paper: does it pick the largest number? | How many inputs, and how many outputs, has the first fully connected layer? | A unit behind it added up half of its inputs while learning. And now?
quiz.answer(18, "a");
quiz.answer(19, "b");
quiz.answer(20, "a");
// question-18-20: wrong, Some of its connections were left out on purpose. | At how many places is each weight of a filter used? | While learning, did the size of a value matter for being dropped?
quiz.answer(18, "b");
quiz.answer(19, "c");
quiz.answer(20, "b");
// question-18-20: wrong, When did ReLU become usual? And what does LeNet have in its place? | Compare the number of weights in a filter with that in a matrix of 9,216 by 4,096. | Ask the same question twice. Would you like two answers?
quiz.answer(18, "c");
quiz.answer(19, "d");
quiz.answer(20, "d");
